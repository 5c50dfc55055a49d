using VrrpPS.Engine.Checks.Environment.Facts;

namespace VrrpPS.Engine.Checks.Environment.Rules;

/// <summary>A keepalived beside us: of one virtual router there can be one speaker per host.</summary>
internal sealed class LocalKeepalivedFinding : IEnvironmentCheck
{
    public IEnumerable<VrrpFinding> Check(EnvironmentFacts facts)
    {
        // The process and its child for VRRP are one keepalived.
        foreach (var keepalived in facts.Keepaliveds.DistinctBy(static found => found.CommandLine))
        {
            string subject = $"keepalived (process {keepalived.ProcessId})";
            var same = keepalived.VirtualRouters?.Where(router => router.VirtualRouterId == facts.Options.VirtualRouterId && facts.Interfaces.Any(found => found.Name == router.InterfaceName)).ToArray();
            string routers = keepalived.VirtualRouters is { } known
                ? string.Join(", ", known.Select(static router => $"{router.VirtualRouterId} on {router.InterfaceName}"))
                : "unknown ids: its file cannot be read";
            yield return same is { Length: > 0 }
                ? Finding.Error(
                    FindingCodes.LocalKeepalived,
                    subject,
                    $"keepalived speaks for virtual router {facts.Options.VirtualRouterId} on {same[0].InterfaceName} on this host: two speakers of one host do not hear each other, and an instance here is refused.",
                    "Stop keepalived, or choose another id.")
                : Finding.Information(FindingCodes.LocalKeepalived, subject, $"keepalived runs here ({routers}). It may stay, with other virtual router ids.");
        }
    }
}
