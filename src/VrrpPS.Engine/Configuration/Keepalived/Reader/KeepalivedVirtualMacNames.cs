using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>
/// The names of links that a file gives none (<c>use_vmac</c> alone). Where virtual routers of one number on several interfaces would have
/// the same, keepalived numbers them in the order of the file, and so does this: <c>vrrp.51</c>, <c>vrrp1.51</c>, <c>vrrp2.51</c>.
/// </summary>
internal static class KeepalivedVirtualMacNames
{
    private const int MostLetters = 15;

    /// <summary>Stands between prefix and id in the names of IPv6; no number for others.</summary>
    private const int NumberOfIPv6 = 6;

    /// <summary>Names what would clash. Names that the file gives come first, wherever they stand.</summary>
    public static LocatedInstance[] Apply(LocatedInstance[] instances, string prefix)
    {
        var taken = instances.Where(instance => !IsUnnamed(instance.Configuration, prefix))
            .Select(static instance => instance.Configuration.VirtualMac?.NameFor(instance.Configuration)).ToHashSet(StringComparer.Ordinal);
        return [.. instances.Select(instance => IsUnnamed(instance.Configuration, prefix) ? Named(instance, prefix, taken) : instance)];
    }

    private static LocatedInstance Named(LocatedInstance instance, string prefix, HashSet<string?> taken)
    {
        var c = instance.Configuration;
        string usual = VirtualMacOptions.DefaultName(prefix, c.AddressFamily, c.VirtualRouterId);
        string name = usual.Length <= MostLetters ? usual : Cut(prefix, c.AddressFamily == AddressFamily.IPv6 ? NumberOfIPv6 : 0, c.VirtualRouterId);
        for (int number = 1; !taken.Add(name); number++)
        {
            number += number == NumberOfIPv6 ? 1 : 0;
            name = Cut(prefix, number, c.VirtualRouterId);
        }

        return name == c.VirtualMac!.NameFor(c) ? instance : instance with { Configuration = c with { VirtualMac = c.VirtualMac with { InterfaceName = name } } };
    }

    private static string Cut(string prefix, int number, int virtualRouterId)
    {
        string end = $"{(number == 0 ? string.Empty : number)}.{virtualRouterId}";
        return prefix[..Math.Min(prefix.Length, MostLetters - end.Length)] + end;
    }

    private static bool IsUnnamed(InstanceConfiguration c, string prefix)
        => c.VirtualMac is { } options && (options.InterfaceName ?? VirtualMacOptions.DefaultName(prefix, c.AddressFamily, c.VirtualRouterId))
            == VirtualMacOptions.DefaultName(prefix, c.AddressFamily, c.VirtualRouterId);
}
