using System.Globalization;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.VirtualMacs;

/// <summary>
/// The alias of every link that an engine makes for a virtual MAC address: that it is ours, whose it is, and how the interface below
/// was set before. Whoever removes the last one of an interface puts that back, also after a death.
/// </summary>
/// <param name="Family">The family of the virtual router.</param>
/// <param name="VirtualRouterId">The virtual router.</param>
/// <param name="Before">What the interface below had.</param>
internal readonly record struct VirtualMacTag(AddressFamily Family, byte VirtualRouterId, ParentSettings Before)
{
    private const string Mark = "vrrpps";

    /// <summary>Reads an alias; false for one that is not ours.</summary>
    public static bool TryParse(string? alias, out VirtualMacTag tag)
    {
        tag = default;
        if (alias?.Split(' ') is not [Mark, ['v', var family and ('4' or '6'), '/', .. var router], var ignore, var announce]
            || !byte.TryParse(router, NumberStyles.None, CultureInfo.InvariantCulture, out byte id)
            || !TryNumber(ignore, "arp_ignore=", out int arpIgnore)
            || !TryNumber(announce, "arp_announce=", out int arpAnnounce))
        {
            return false;
        }

        tag = new VirtualMacTag(family == '4' ? AddressFamily.IPv4 : AddressFamily.IPv6, id, new ParentSettings(arpIgnore, arpAnnounce));
        return true;
    }

    /// <summary><c>vrrpps v4/51 arp_ignore=0 arp_announce=0</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Mark} v{(long)Family}/{VirtualRouterId} arp_ignore={Before.ArpIgnore} arp_announce={Before.ArpAnnounce}");

    private static bool TryNumber(string text, string name, out int value)
    {
        value = 0;
        return text.StartsWith(name, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
