using System.Diagnostics.CodeAnalysis;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Addresses;

/// <summary>
/// Reads a virtual address with its options, in the words of <c>ip address add</c> and of keepalived:
/// <c>192.0.2.1/24 dev eth1 label eth1:v brd + scope link preferred_lft 0</c>. The same words wherever addresses are typed.
/// </summary>
internal static class VirtualAddressWords
{
    /// <summary>Options that take a value.</summary>
    public static readonly string[] WithValue = ["dev", "label", "brd", "broadcast", "scope", "peer", "preferred_lft"];

    /// <summary>Options that take none.</summary>
    public static readonly string[] Flags = ["noprefixroute", "home", "nodad", "-nodad", "no_track"];

    /// <summary>Reads the words of one address; <paramref name="at"/> is the index of the one to blame.</summary>
    public static bool TryRead(
        IReadOnlyList<string> words, [NotNullWhen(true)] out VirtualAddress? address, [NotNullWhen(false)] out VrrpException? error, out int at)
    {
        at = 0;
        if (!VirtualAddress.TryParsePrefix(words.Count > 0 ? words[0] : string.Empty, out address, out error))
        {
            return false;
        }

        string text = address.ToString();
        for (int i = 1; i < words.Count; i++)
        {
            at = i;
            bool takesValue = Array.IndexOf(WithValue, words[i]) >= 0;
            if (takesValue && i + 1 == words.Count)
            {
                return Refuse(text, $"'{words[i]}' needs a value behind it.", out address, out error);
            }

            string? reason = takesValue ? TakeValue(words[i], words[i + 1], ref address) : TakeFlag(words[i], ref address);
            if (reason is not null)
            {
                return Refuse(text, reason, out address, out error);
            }

            i += takesValue ? 1 : 0;
        }

        return true;
    }

    /// <summary>Writes the options behind an address, each with a blank before it.</summary>
    public static string Format(VirtualAddress address)
    {
        string text = string.Empty;
        Add(address.InterfaceName is { } device ? $"dev {device}" : null);
        Add(address.Label is { } label ? $"label {label}" : null);
        Add(address.Broadcast is { } broadcast ? $"brd {broadcast}" : null);
        Add(address.Scope == AddressScope.Global ? null : $"scope {AddressScope.Format(address.Scope)}");
        Add(address.Peer is { } peer ? $"peer {peer}" : null);
        Add(address.SkipAsSource ? "preferred_lft 0" : null);
        Add(address.NoPrefixRoute ? "noprefixroute" : null);
        Add(address.HomeAddress ? "home" : null);
        Add(address.NoTrack ? "no_track" : null);
        return text;

        void Add(string? part) => text += part is null ? string.Empty : " " + part;
    }

    private static string? TakeValue(string word, string value, ref VirtualAddress address)
    {
        switch (word)
        {
            case "dev":
                address = address with { InterfaceName = value };
                return null;
            case "label":
                address = address with { Label = value };
                return null;
            case "scope" when AddressScope.TryParse(value, out byte scope):
                address = address with { Scope = scope };
                return null;
            case "scope":
                return $"there is no scope '{value}'. Write global, site, link, host or a number from 0 to 255.";
            case "preferred_lft" when value is "0" or "0sec":
                address = address with { SkipAsSource = true };
                return null;
            case "preferred_lft" when value == "forever":
                return null;
            case "preferred_lft":
                return $"a preferred lifetime of '{value}' would end while the address is served. Write 0 (never chosen as a source address) or forever.";
            case "peer":
                return TakePeer(value, ref address);
            default:
                return TakeBroadcast(value, ref address);
        }
    }

    private static string? TakeFlag(string word, ref VirtualAddress address)
    {
        switch (word)
        {
            case "noprefixroute":
                address = address with { NoPrefixRoute = true };
                return null;
            case "home":
                address = address with { HomeAddress = true };
                return null;
            case "no_track":
                address = address with { NoTrack = true };
                return null;
            case "nodad" or "-nodad":
                // A virtual IPv6 address is always bound without duplicate address detection.
                return null;
            case "mngtmpaddr":
                return "temporary addresses need a /64 that makes routes, and a leased address is a host address. Leave 'mngtmpaddr' out.";
            case "autojoin":
                return "'autojoin' joins multicast groups, and a virtual address is none. Leave it out.";
            default:
                return VirtualAddress.TryParsePrefix(word, out _, out _)
                    ? $"'{word}' is a second address. Give each one an entry of its own."
                    : $"there is no option '{word}'.{NameSuggestion.Hint(word, WithValue.Concat(Flags))}";
        }
    }

    private static string? TakePeer(string value, ref VirtualAddress address)
    {
        if (!VirtualAddress.TryParsePrefix(value, out var peer, out _))
        {
            return $"'{value}' is no address of another end. Write 'peer' with one address.";
        }

        if (peer.PrefixLength != VirtualAddress.HostPrefixLength(peer.Address.Family))
        {
            return $"the route to '{value}' would come and go with the lease. Name the other end alone, without a prefix length, and the network in a virtual route.";
        }

        address = address with { Peer = peer.Address };
        return null;
    }

    /// <summary><c>+</c> sets all bits of the host part, <c>-</c> clears them.</summary>
    private static string? TakeBroadcast(string value, ref VirtualAddress address)
    {
        if (value is "+" or "-")
        {
            if (address.Address.Family != AddressFamily.IPv4)
            {
                return "IPv6 has no broadcast address. Leave it out.";
            }

            if (address.PrefixLength > 30)
            {
                return $"a subnet of /{address.PrefixLength} has no broadcast address. Give the prefix length of the subnet, or leave '{value}' out.";
            }

            Span<byte> bytes = stackalloc byte[4];
            address.Address.Write(bytes);
            uint host = uint.MaxValue >> address.PrefixLength;
            uint number = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes);
            address = address with { Broadcast = InetAddress.FromIPv4(value == "+" ? number | host : number & ~host) };
            return null;
        }

        if (!InetAddress.TryParse(value, out var broadcast))
        {
            return $"'{value}' is no broadcast address. Write one, or + for that of the subnet.";
        }

        address = address with { Broadcast = broadcast };
        return null;
    }

    private static bool Refuse(string text, string reason, out VirtualAddress? address, out VrrpException? error)
    {
        address = null;
        error = VrrpErrors.InvalidAddress(text, reason);
        return false;
    }
}
