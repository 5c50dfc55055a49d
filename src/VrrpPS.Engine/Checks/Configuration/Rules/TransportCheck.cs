namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Whoever is to hear a node must be reached by it and must listen to it.</summary>
internal sealed class TransportCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set) => set.Groups.SelectMany(static group => Transport(group).Concat(Peers(group)));

    private static IEnumerable<VrrpFinding> Transport(RouterGroup group)
    {
        if (group.Differences(static member => member.Instance.UnicastPeers.Count > 0, static unicast => unicast ? "unicast" : "multicast") is { } differences)
        {
            yield return Finding.Error(
                FindingCodes.TransportDiffers,
                group.Subject,
                $"Some nodes send to named peers and others to the group ({differences}): where multicast does not pass, the first never hear the others, and both become Master.",
                "Name the peers on every node, or on none.");
        }
    }

    private static IEnumerable<VrrpFinding> Peers(RouterGroup group)
    {
        foreach (var from in group.Members)
        {
            foreach (var to in group.Members.Where(to => to != from))
            {
                if (to.Instance.SourceAddress is { } target && from.Instance.UnicastPeers.Count > 0 && !from.Instance.UnicastPeers.Contains(target))
                {
                    yield return Finding.Error(
                        FindingCodes.PeerMissing,
                        from.Subject,
                        $"{from.NodeName} does not send to {to.NodeName} ({target}), which therefore never hears it.",
                        $"Add {target} to the unicast peers of {from.NodeName}.");
                }

                if (from.Instance.SourceAddress is { } source && to.Instance.AllowedPeers.Count > 0 && !to.Instance.AllowedPeers.Contains(source))
                {
                    yield return Finding.Error(
                        FindingCodes.PeerMissing,
                        to.Subject,
                        $"{to.NodeName} does not listen to {from.NodeName} ({source}), because it is not one of its allowed peers.",
                        $"Add {source} to the allowed peers of {to.NodeName}.");
                }
            }
        }
    }
}
