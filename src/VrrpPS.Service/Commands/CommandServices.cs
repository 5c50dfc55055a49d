using VrrpPS.Engine.Runtime;

namespace VrrpPS.Service.Commands;

/// <summary>What the commands are given from outside, so that tests can give something else.</summary>
/// <param name="CreateEngine">Makes the engine that <c>run</c> owns.</param>
internal sealed record CommandServices(Func<EngineOptions, IVrrpEngine> CreateEngine);
