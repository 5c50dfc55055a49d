using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>The network namespace's name was taken away, or is back.</content>
internal sealed partial class RouterHost
{
    /// <summary>The loop has seen the name go, or come back.</summary>
    public void OnNamespaceRenamed(Instant now)
    {
        string name = Configuration.NetworkNamespace!;
        if (_loop.IsNameless)
        {
            Report(VrrpEventKind.Waiting, $"The network namespace '{name}' was removed. This instance takes no part any more; once there is a namespace of that name again, Restart-VrrpInstance starts it there.", isWarning: true);
        }
        else
        {
            Report(VrrpEventKind.Information, $"The name '{name}' leads to this instance's network namespace again.");
        }

        UpdateFaults(now);
    }
}
