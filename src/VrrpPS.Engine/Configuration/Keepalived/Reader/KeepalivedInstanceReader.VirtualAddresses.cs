using VrrpPS.Engine.Configuration.Addresses;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>The virtual addresses with their options.</content>
internal sealed partial class KeepalivedInstanceReader
{
    private void TakeAddresses(KeepalivedStatement block, bool advertised)
    {
        _positions.TryAdd(nameof(InstanceConfiguration.VirtualAddresses), block.At);
        foreach (var s in block.Block!.Statements)
        {
            if (RefuseBlock(s) || ReadAddress(s) is not { } address)
            {
                continue;
            }

            if (advertised)
            {
                Decide(address.Address.Family);
            }

            if (advertised && _family is { } family && address.Address.Family != family)
            {
                ReportForeignFamily(s.Words[0], address, family);
                continue;
            }

            if (!TakeTwice(s.Words[0], address, advertised))
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

    private void ReportForeignFamily(KeepalivedWord word, VirtualAddress address, AddressFamily family) => diagnostics.Error(
        word.At, ErrorIds.MixedAddressFamily,
        $"{_name}: '{word.Text}' is {address.Address.Family}, but this virtual router serves {family}, as its first address says. keepalived leaves the address out. "
        + $"Put it into virtual_ipaddress_excluded, or give it a vrrp_instance of its own, which may have the same virtual_router_id ({address.Address.Family} and {family} are different virtual routers).");

    private VirtualAddress? ReadAddress(KeepalivedStatement s)
    {
        var kept = new List<KeepalivedWord>();
        for (int i = 0; i < s.Words.Count; i++)
        {
            var word = s.Words[i];
            switch (word.Text)
            {
                case "use_vmac" when i > 0:
                    diagnostics.Loss(word.At, $"{_name}: 'use_vmac' of {s.Words[0].Text} is not carried over and changes the addresses.");
                    break;
                case "mngtmpaddr" when i > 0:
                    NotCarried(s, word, "temporary addresses need a /64 that makes routes, and a virtual address is a host address here.");
                    break;
                case "autojoin" when i > 0:
                    NotCarried(s, word, "it joins multicast groups, and a virtual address is none.");
                    break;
                case "preferred_lft" when s.Parameter(i + 1) is { } value && value.Text is not "0" and not "0sec" and not "forever":
                    NotCarried(s, word, "it would end while the address is served, so the address stays preferred. Write 0 if it must never be a source address.");
                    i++;
                    break;
                default:
                    kept.Add(word);
                    break;
            }
        }

        if (VirtualAddressWords.TryRead([.. kept.Select(static w => w.Text)], out var address, out var error, out int at))
        {
            return address;
        }

        diagnostics.Error(kept[at].At, at == 0 ? error.ErrorId : CodeOf(kept, at) ?? error.ErrorId, $"{_name}: {error.Message}");

        // What is wrong with an option is said; that there is an address counts for what is judged later.
        return at > 0 && VirtualAddress.TryParsePrefix(kept[0].Text, out var bare, out _) ? bare : null;
    }

    private static string? CodeOf(List<KeepalivedWord> words, int at) => words[at].Text switch
    {
        var option when Array.IndexOf(VirtualAddressWords.WithValue, option) >= 0 => at + 1 == words.Count ? ConfigurationCodes.MissingValue : null,
        var option when Array.IndexOf(VirtualAddressWords.Flags, option) < 0 => ConfigurationCodes.UnknownKeyword,
        _ => null,
    };

    private void NotCarried(KeepalivedStatement s, KeepalivedWord word, string why)
        => diagnostics.Warning(word.At, ConfigurationCodes.NotCarriedOver, $"{_name}: '{word.Text}' of {s.Words[0].Text} is not carried over: {why}");
}
