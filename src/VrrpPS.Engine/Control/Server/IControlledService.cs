using VrrpPS.Engine.Control.Messages;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Engine.Control.Server;

/// <summary>What a control server asks of the service around the engine: whatever needs its configuration file.</summary>
public interface IControlledService
{
    /// <summary>Reads the configuration again and carries the difference out.</summary>
    /// <exception cref="VrrpException">The configuration is refused; the old one stays in force.</exception>
    Task<ReloadOutcome> ReloadAsync();

    /// <summary>Starts an instance that is configured and does not run.</summary>
    /// <param name="name">Its name, without regard to case.</param>
    /// <param name="networkNamespace">Its namespace; the empty text is the service's own, null is any.</param>
    /// <returns>What it runs as.</returns>
    /// <exception cref="VrrpException">InstanceNotFound, AmbiguousInstance, InstanceExists, or why it does not start.</exception>
    Task<InstanceKey> StartAsync(string name, string? networkNamespace);
}
