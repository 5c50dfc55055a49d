using VrrpPS.Engine.Runtime;
using VrrpPS.Service.Run;

namespace VrrpPS.Tool.Commands;

/// <summary>What the commands are given from outside, so that tests can give something else.</summary>
/// <param name="CreateEngine">Makes the engine that <c>run</c> owns.</param>
/// <param name="TryBecomeDaemon">Hands <c>run</c> over to the program that does nothing else; returns where that cannot be.</param>
internal sealed record CommandServices(Func<EngineOptions, IVrrpEngine> CreateEngine, Action<RunOptions, TextWriter> TryBecomeDaemon);
