using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>Every way in which both we and keepalived can speak.</summary>
internal static class Ways
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Peer> All { get; } =
    [
        new() { Version = VrrpVersion.V2 },
        new() { Version = VrrpVersion.V2, Unicast = true },
        new() { Version = VrrpVersion.V2, Password = "secret12" },
        new() { Version = VrrpVersion.V2, Password = "secret12", Authentication = AuthenticationMethod.AH },
        new() { Version = VrrpVersion.V2, Password = "secret12", Authentication = AuthenticationMethod.AH, Unicast = true },
        new(),
        new() { Unicast = true },
        new() { Family = AddressFamily.IPv6 },
        new() { Family = AddressFamily.IPv6, Unicast = true },
        new() { VirtualMac = true },
    ];

    /// <summary>Their positions and names, for theories.</summary>
    public static IEnumerable<TheoryDataRow<int, string>> Rows => All.Select(static (way, index) => new TheoryDataRow<int, string>(index, way.ToString()));

    /// <summary>On any interface: keepalived's virtual MAC has one of its own.</summary>
    public static bool HasAnywhere(TestHost host, InetAddress address)
        => host.Netlink(static netlink => netlink.GetAddresses()).Any(info => info.Address == address);
}
