using System.Globalization;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Keepalived;

internal sealed partial class KeepalivedInstanceReader
{
    private readonly List<PeerTimeToLive> _windows = [];

    /// <summary>The addresses so far and whether they are advertised.</summary>
    private readonly Dictionary<InetAddress, bool> _seen = [];

    private void TakeAddressing(KeepalivedStatement s)
    {
        switch (s.Keyword)
        {
            case "virtual_ipaddress":
                TakeAddresses(s, advertised: true);
                break;
            case "virtual_ipaddress_excluded":
                TakeAddresses(s, advertised: false);
                break;
            case "virtual_routes":
                TakeRoutes(s);
                break;
            case "virtual_rules":
                TakeRules(s);
                break;
            case "unicast_peer":
                TakePeers(s);
                break;
            case "unicast_src_ip" or "mcast_src_ip":
                TakeSource(s);
                break;
            case "mcast_dst_ip":
                _group = KeepalivedGlobals.ReadGroup(s, family: null, diagnostics);
                _namesGroup = true;
                At(s, nameof(InstanceConfiguration.MulticastGroup));
                break;
            case "native_ipv6":
                Decide(AddressFamily.IPv6);
                break;
            case "check_unicast_src":
                _checksUnicastSource = true;
                break;
            case "track_interface":
                TakeTrackedInterfaces(s);
                break;
            case "track_script" or "track_process" or "track_file":
                TakeTrackers(s);
                break;
            default:
                break;
        }
    }

    private void TakePeers(KeepalivedStatement block)
    {
        _positions.TryAdd(nameof(InstanceConfiguration.UnicastPeers), block.At);
        foreach (var s in block.Block!.Statements)
        {
            var word = s.Words[0];
            if (RefuseBlock(s))
            {
                continue;
            }

            if (!InetAddress.TryParse(word.Text, out var peer))
            {
                diagnostics.Error(word.At, ErrorIds.InvalidPeer, $"{_name}: '{word.Text}' is not an IPv4 or IPv6 address. Write one peer's address per line, without prefix length.");
                continue;
            }

            Decide(peer.Family);
            if (_peers.Contains(peer))
            {
                diagnostics.Warning(word.At, ConfigurationCodes.Duplicate, $"{_name}: peer {peer} stands above already; once is enough.");
            }
            else
            {
                _peers.Add(peer);
            }

            var window = new PeerTimeToLive(peer, 0, Configuration.PeerTimeToLive.Greatest);
            for (int i = 1; i < s.Words.Count; i += 2)
            {
                if (s.Words[i].Text is not "min_ttl" and not "max_ttl" || s.Parameter(i + 1) is null)
                {
                    diagnostics.Error(s.Words[i].At, ConfigurationCodes.UnknownKeyword, $"{_name}: behind a peer only 'min_ttl NUMBER' and 'max_ttl NUMBER' may follow, not '{s.Words[i].Text}'. Write one peer per line.");
                    break;
                }

                if (!int.TryParse(s.Words[i + 1].Text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value > Configuration.PeerTimeToLive.Greatest)
                {
                    diagnostics.Error(s.Words[i + 1].At, ConfigurationCodes.InvalidValue, $"{_name}: '{s.Words[i].Text}' cannot be '{s.Words[i + 1].Text}': write a whole number from 0 to 255.");
                    break;
                }

                // Giving a window makes keepalived hear its peers only.
                _checksUnicastSource = true;
                window = s.Words[i].Text == "min_ttl" ? window with { Minimum = value } : window with { Maximum = value };
            }

            if (window != new PeerTimeToLive(peer, 0, Configuration.PeerTimeToLive.Greatest))
            {
                _positions.TryAdd(nameof(InstanceConfiguration.PeerTimeToLive), word.At);
                _windows.RemoveAll(earlier => earlier.Peer == peer);
                _windows.Add(window);
            }
        }
    }

    private void TakeSource(KeepalivedStatement s)
    {
        var word = At(s, nameof(InstanceConfiguration.SourceAddress));
        if (!InetAddress.TryParse(word.Text, out var address))
        {
            diagnostics.Error(word.At, ErrorIds.InvalidPeer, $"{_name}: '{word.Text}' is not an IPv4 or IPv6 address.");
            return;
        }

        Decide(address.Family);
        _source = address;
    }

    private bool RefuseBlock(KeepalivedStatement s)
    {
        if (s.Block is not { } block)
        {
            return false;
        }

        diagnostics.Error(block.Open, ConfigurationCodes.Syntax, $"'{s.Keyword}' takes no block here. Is a '}}' missing above?");
        return true;
    }

    /// <summary>The first address decides the family.</summary>
    private void Decide(AddressFamily family) => _family ??= family;
}
