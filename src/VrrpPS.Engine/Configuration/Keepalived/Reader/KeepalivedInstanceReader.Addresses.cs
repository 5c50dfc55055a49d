using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Keepalived;

internal sealed partial class KeepalivedInstanceReader
{
    private const string HarmlessFlags = "home -nodad mngtmpaddr noprefixroute autojoin no_track";
    private static readonly string[] AddressWords =
        ["dev", "scope", "broadcast", "brd", "label", "peer", "preferred_lft", "use_vmac", .. HarmlessFlags.Split(' ')];

    private readonly List<(KeepalivedWord Device, SourcePosition At)> _devices = [];

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
            case "unicast_peer":
                TakePeers(s);
                break;
            case "unicast_src_ip" or "mcast_src_ip":
                TakeSource(s);
                break;
            case "mcast_dst_ip":
                KeepalivedGlobals.CheckGroup(s, s.Words[1].Text.Contains(':', StringComparison.Ordinal) ? InetAddress.VrrpGroupV6 : InetAddress.VrrpGroupV4, walker);
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

    private void TakeAddresses(KeepalivedStatement block, bool advertised)
    {
        _positions.TryAdd(nameof(InstanceConfiguration.VirtualAddresses), block.At);
        foreach (var s in block.Block!.Statements)
        {
            var word = s.Words[0];
            if (RefuseBlock(s))
            {
                continue;
            }

            if (!VirtualAddress.TryParse(word.Text, out var address, out var error))
            {
                diagnostics.Error(word.At, error.ErrorId, $"{_name}: {error.Message}");
                continue;
            }

            TakeAddressWords(s, address);
            if (advertised)
            {
                Decide(address.Address.Family);
            }

            if (_family is { } family && address.Address.Family != family)
            {
                ReportForeignFamily(word, address, family, advertised);
                continue;
            }

            if (!TakeTwice(word, address, advertised))
            {
                _addresses.Add(address with { Advertised = advertised });
            }
        }
    }

    /// <summary>
    /// Whether the address stands above already; once is enough. keepalived 2.2 puts one that is listed twice into its
    /// advertisements twice and discards those of a node that counts differently; 2.4 leaves the second out.
    /// </summary>
    private bool TakeTwice(KeepalivedWord word, VirtualAddress address, bool advertised)
    {
        if (!_seen.TryGetValue(address.Address, out bool first))
        {
            _seen.Add(address.Address, advertised);
            return false;
        }

        if (first && advertised)
        {
            diagnostics.Loss(word.At, $"{_name}: {address.Address} stands above already, is used once here and changes the election: keepalived 2.2 advertises it twice and discards advertisements with another count. Remove it on every node.");
        }
        else
        {
            diagnostics.Warning(word.At, ConfigurationCodes.Duplicate, $"{_name}: {address.Address} stands above already; once is enough.");
            if (advertised)
            {
                // The excluded one came first; advertising it is what the file asks for.
                int index = _addresses.FindIndex(a => a.Address == address.Address);
                _addresses[index] = _addresses[index] with { Advertised = true };
                _seen[address.Address] = true;
            }
        }

        return true;
    }

    private void ReportForeignFamily(KeepalivedWord word, VirtualAddress address, AddressFamily family, bool advertised)
    {
        string wayOut = $"Give it a vrrp_instance of its own, which may have the same virtual_router_id ({address.Address.Family} and {family} are different virtual routers).";
        if (advertised)
        {
            diagnostics.Error(word.At, ErrorIds.MixedAddressFamily,
                $"{_name}: '{word.Text}' is {address.Address.Family}, but this virtual router serves {family}, as its first address says. keepalived leaves the address out. {wayOut}");
        }
        else
        {
            diagnostics.Loss(word.At, $"{_name}: '{word.Text}' is not carried over and changes the addresses: this virtual router serves {family} only. {wayOut}");
        }
    }

    private void TakeAddressWords(KeepalivedStatement s, VirtualAddress address)
    {
        for (int i = 1; i < s.Words.Count; i++)
        {
            var word = s.Words[i];
            bool takesValue = word.Text is "dev" or "scope" or "broadcast" or "brd" or "label" or "peer" or "preferred_lft";
            if (takesValue && s.Parameter(i + 1) is null)
            {
                diagnostics.Error(word.At, ConfigurationCodes.MissingValue, $"{_name}: '{word.Text}' needs a value behind it.");
                return;
            }

            switch (word.Text)
            {
                case "dev":
                    _devices.Add((s.Words[i + 1], word.At));
                    break;
                case "peer" or "use_vmac":
                    diagnostics.Loss(word.At, $"{_name}: '{word.Text}' of {address.Address} is not carried over and changes the addresses.");
                    break;
                case "brd" or "broadcast" when address.Address.Family == AddressFamily.IPv6:
                    diagnostics.Error(word.At, ConfigurationCodes.InvalidValue, $"{_name}: IPv6 has no broadcast address, and keepalived leaves {address.Address} out for it. Remove '{word.Text}'.");
                    break;
                case "scope" or "broadcast" or "brd" or "label" or "preferred_lft":
                    ReportHarmless(word, address);
                    break;
                default:
                    if (Array.IndexOf(AddressWords, word.Text) < 0)
                    {
                        string hint = VirtualAddress.TryParse(word.Text, out _, out _) ? " Write one address per line." : NameSuggestion.Hint(word.Text, AddressWords);
                        diagnostics.Error(word.At, ConfigurationCodes.UnknownKeyword, $"{_name}: keepalived knows no address option '{word.Text}'.{hint}");
                        return;
                    }

                    ReportHarmless(word, address);
                    break;
            }

            i += takesValue ? 1 : 0;
        }
    }

    private void ReportHarmless(KeepalivedWord word, VirtualAddress address) => diagnostics.Warning(word.At, ConfigurationCodes.NotCarriedOver,
        $"{_name}: '{word.Text}' of {address.Address} is not carried over; the address is bound without it.");

    /// <summary>Addresses on another interface; told once the instance's own interface is known.</summary>
    private void ReportForeignDevices(string interfaceName)
    {
        foreach (var (device, at) in _devices)
        {
            if (!ConfigurationValidator.IsInterfaceName(device.Text))
            {
                var error = VrrpErrors.InvalidInterfaceName(device.Text);
                diagnostics.Error(device.At, error.ErrorId, $"{_name}: {error.Message}");
            }
            else if (device.Text != interfaceName)
            {
                diagnostics.Loss(at, $"{_name}: 'dev {device.Text}' is not carried over and changes the addresses: all are bound to {interfaceName} here. Give it a vrrp_instance on {device.Text}.");
            }
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

            for (int i = 1; i < s.Words.Count; i += 2)
            {
                if (s.Words[i].Text is not "min_ttl" and not "max_ttl" || s.Parameter(i + 1) is null)
                {
                    diagnostics.Error(s.Words[i].At, ConfigurationCodes.UnknownKeyword, $"{_name}: behind a peer only 'min_ttl NUMBER' and 'max_ttl NUMBER' may follow, not '{s.Words[i].Text}'. Write one peer per line.");
                    break;
                }

                // Giving a window makes keepalived hear its peers only; that half is carried over.
                _checksUnicastSource = true;
                diagnostics.Warning(s.Words[i].At, ConfigurationCodes.NotCarriedOver, $"{_name}: '{s.Words[i].Text}' is not carried over; only advertisements from the listed peers are heard.");
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
