using VrrpPS.Engine.Configuration;
using VrrpPS.Jobs;
using VrrpPS.Lifecycle;
using VrrpPS.Protocol.Election;
using VrrpPS.Transitions;

namespace VrrpPS;

/// <summary>
/// A virtual router that was started: its configuration when the object was made, and its state whenever it is asked.
/// The script property <c>Job</c> is <see cref="GetJob"/>; it is hidden so that ConvertTo-Json and Export-Csv stay readable.
/// </summary>
public sealed class VrrpInstance : VrrpConfiguration
{
    internal VrrpInstance(InstanceConfiguration configuration, string? socketPath = null)
        : base(configuration) => SocketPath = socketPath;

    /// <summary>The state at this moment; Initialize once the instance is stopped.</summary>
    public RouterState State => Look()?.State ?? RouterState.Initialize;

    /// <summary>One sentence saying why it is in this state.</summary>
    public string StatusMessage => Look()?.StatusMessage ?? "Stopped.";

    /// <summary>The address of the current Master; null when unknown.</summary>
    public string? MasterAddress => Look()?.MasterAddress;

    /// <summary>Where it runs.</summary>
    public VrrpHost Host => SocketPath is null ? VrrpHost.Session : VrrpHost.Service;

    /// <summary>The control socket of the service that it runs in; null in a session. Secrets stay in the service: here stars stand for them.</summary>
    public string? SocketPath { get; }

    internal override TransitionScript? Script => SocketPath is null ? TransitionScripts.Find(Key) : null;

    /// <summary>The background job that shows its events; null once the instance is stopped, and in a service.</summary>
    public VrrpJob? GetJob() => SocketPath is null ? JobTable.Find(Key) : null;

    private VrrpState? Look() => SocketPath is null ? InstanceCatalog.FindState(Key) : ServiceLook.Find(SocketPath, Key);
}
