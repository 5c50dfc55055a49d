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
    internal VrrpInstance(InstanceConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>The state at this moment; Initialize once the instance is stopped.</summary>
    public RouterState State => InstanceCatalog.FindState(Key)?.State ?? RouterState.Initialize;

    /// <summary>One sentence saying why it is in this state.</summary>
    public string StatusMessage => InstanceCatalog.FindState(Key)?.StatusMessage ?? "Stopped.";

    /// <summary>The address of the current Master; null when unknown.</summary>
    public string? MasterAddress => InstanceCatalog.FindState(Key)?.MasterAddress;

    /// <summary>Where it runs.</summary>
    public VrrpHost Host => InstanceCatalog.FindState(Key)?.Host ?? VrrpHost.Session;

    internal override TransitionScript? Script => TransitionScripts.Find(Key);

    /// <summary>The background job that shows its events; null once the instance is stopped.</summary>
    public VrrpJob? GetJob() => JobTable.Find(Key);
}
