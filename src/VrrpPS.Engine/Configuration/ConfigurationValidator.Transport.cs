using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

public static partial class ConfigurationValidator
{
    private static void CheckTransport(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        if (c.UnicastTimeToLive is < 1 or > Configuration.PeerTimeToLive.Greatest)
        {
            Add(problems, nameof(c.UnicastTimeToLive), VrrpErrors.InvalidConfiguration(
                $"A TTL of {c.UnicastTimeToLive} is out of range. Choose 1 to 255; 255 is what the peers expect.", c.UnicastTimeToLive));
        }

        if (c.AuthenticationType == AuthenticationMethod.AH && c.UnicastTimeToLive != Configuration.PeerTimeToLive.Greatest)
        {
            Add(problems, nameof(c.UnicastTimeToLive), VrrpErrors.InvalidConfiguration(
                "Advertisements behind an IP Authentication Header leave with a TTL of 255 only. Leave the TTL out, or authenticate in another way.", c.UnicastTimeToLive));
        }

        var peers = c.UnicastPeers.ToHashSet();
        var seen = new HashSet<Protocol.InetAddress>();
        foreach (var window in c.PeerTimeToLive)
        {
            string? reason = !peers.Contains(window.Peer) ? "it is no unicast peer. List it there as well."
                : window.Minimum < 0 || window.Maximum > Configuration.PeerTimeToLive.Greatest || window.Minimum > window.Maximum
                    ? $"its TTL cannot be from {window.Minimum} to {window.Maximum}. Choose bounds from 0 to 255, the lower first."
                : !seen.Add(window.Peer) ? "it is in the list twice. Name it once."
                : null;
            if (reason is not null)
            {
                Add(problems, nameof(c.PeerTimeToLive), VrrpErrors.InvalidPeer("the TTL of a peer", window.Peer.ToString(), reason));
            }
        }

        if (c.MulticastGroup is { } group && (group.IsNone || !group.IsMulticast || group.Family != c.AddressFamily))
        {
            Add(problems, nameof(c.MulticastGroup), VrrpErrors.InvalidConfiguration(
                $"'{group}' is no {c.AddressFamily} multicast group. Leave it out for the protocol's own, or choose the same group on every node.", group.ToString()));
        }

        CheckCopies(c.Announcement.Copies, 1);
        CheckCopies(c.Announcement.LowerPriorityCopies, 0);
        if (c.Announcement.RefreshRepeat is < 1 or > 10)
        {
            Add(problems, nameof(c.Announcement), VrrpErrors.InvalidConfiguration(
                $"A refresh cannot be announced {c.Announcement.RefreshRepeat} times. Choose 1 to 10.", c.Announcement.RefreshRepeat));
        }

        void CheckCopies(int copies, int least)
        {
            const int most = 100;
            if (copies < least || copies > most)
            {
                Add(problems, nameof(c.Announcement), VrrpErrors.InvalidConfiguration(
                    $"An address cannot be announced {copies} times at once. Choose {least} to {most}.", copies));
            }
        }
    }
}
