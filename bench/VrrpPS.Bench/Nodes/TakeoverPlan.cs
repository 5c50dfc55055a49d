using System.Globalization;
using System.Text;
using VrrpPS.Bench.Network;
using VrrpPS.Protocol;

namespace VrrpPS.Bench.Nodes;

/// <summary>One virtual router with many addresses, which takes over when a peer of a higher priority falls silent.</summary>
/// <param name="Addresses">How many.</param>
/// <param name="Family">Of which family.</param>
internal sealed record TakeoverPlan(int Addresses, AddressFamily Family)
{
    /// <summary>The VRID.</summary>
    public const byte Router = 77;

    /// <summary>The priority: Skew_Time is half an interval, a whole number in every unit.</summary>
    public const byte Priority = 128;

    /// <summary>The interval in centiseconds.</summary>
    public const int Interval = 10;

    /// <summary>Master_Down_Interval, in nanoseconds: three intervals and Skew_Time (RFC 9568 section 6.1).</summary>
    public const long MasterDown = ((3 * Interval) + ((256 - Priority) * Interval / 256)) * 10_000_000L;

    /// <summary>How many addresses an advertisement carries; the others are bound and announced, and not advertised.</summary>
    public int Advertised => Math.Min(Addresses, Family == AddressFamily.IPv4 ? 200 : 80);

    /// <summary>How long the prefixes are.</summary>
    public byte PrefixLength => Family == AddressFamily.IPv4 ? BenchNetwork.PrefixLength : (byte)64;

    /// <summary>The text.</summary>
    public string Configuration()
    {
        var text = new StringBuilder("global_defs {\n    router_id bench\n}\nvrrp_instance BENCH {\n    state BACKUP\n    version 3\n");
        text.Append(CultureInfo.InvariantCulture, $"    virtual_router_id {Router}\n    interface {BenchNetwork.LinkName}\n    priority {Priority}\n");
        text.Append(CultureInfo.InvariantCulture, $"    advert_int {Interval / 100m:0.##}\n");
        Append(text, "virtual_ipaddress", 0, Advertised);
        if (Advertised < Addresses)
        {
            Append(text, "virtual_ipaddress_excluded", Advertised, Addresses);
        }

        return text.Append("}\n").ToString();
    }

    private void Append(StringBuilder text, string keyword, int from, int to)
    {
        text.Append(CultureInfo.InvariantCulture, $"    {keyword} {{\n");
        for (int i = from; i < to; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"        {BenchNetwork.VirtualAddress(i, Family)}/{PrefixLength}\n");
        }

        text.Append("    }\n");
    }
}
