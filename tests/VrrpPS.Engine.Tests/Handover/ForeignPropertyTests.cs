using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;
using AddressFamily = System.Net.Sockets.AddressFamily;

namespace VrrpPS.Engine.Tests.Handover;

/// <summary>A lease that ends takes nothing with it that is not ours.</summary>
[Trait("Lane", "Namespace")]
public sealed partial class ForeignPropertyTests
{
    private const string Prefix = "2001:db8:5::";

    [Fact]
    public void Hosts_own_addresses_survive_an_expired_lease()
    {
        using var network = TestNetwork.Create(1);
        var second = InetAddress.Parse("192.0.2.77");
        network[0].Netlink(netlink => netlink.AddAddress(new Engine.Linux.Netlink.AddressAssignment(network[0].InterfaceIndex, second, 24)));
        using var process = EngineProcess.Start(network[0], 200, 20, lease: 0);
        process.WaitFor("-> Master");
        Assert.Equal(24, network[0].GetAddresses().Single(static info => info.Address == InetAddress.Parse(Cluster.Vip)).PrefixLength);
        process.Freeze();
        Eventually.True(() => !network[0].Has(InetAddress.Parse(Cluster.Vip)), "the lease ends");
        Assert.True(network[0].Has(network[0].IPv4) && network[0].Has(second));
    }

    [Fact]
    public void Routes_of_a_router_advertisement_survive_an_expired_lease()
    {
        using var network = TestNetwork.Create(2);
        var host = network[0];
        Assert.SkipUnless(File.Exists("/sbin/ip") || File.Exists("/usr/sbin/ip"), "the 'ip' command (iproute2) is not installed");
        SendRouterAdvertisement(network[1]);
        Eventually.True(() => ExpiryOf(host, "default") > 0 && ExpiryOf(host, Prefix + "/64") > 0, "the router advertisement made its routes");

        using var process = EngineProcess.Start(host, 200, 20, lease: 0, $"fe80::100/64 {Prefix}100/64");
        process.WaitFor("-> Master");
        Assert.True(host.Has(InetAddress.Parse(Prefix + "100")));
        AssertUntouched(host);
        process.Freeze();
        Eventually.True(() => !host.Has(InetAddress.Parse(Prefix + "100")), "the lease ends");
        AssertUntouched(host);
    }

    private static void AssertUntouched(TestHost host)
    {
        // A leased /64 would have set the routes' expiry to that of the lease: seconds instead of an hour.
        Assert.True(ExpiryOf(host, "default") > 1000, Routes(host));
        Assert.True(ExpiryOf(host, Prefix + "/64") > 1000, Routes(host));
    }

    private static string Routes(TestHost host) => host.Execute("ip", string.Empty, "-6", "route", "show").Output;

    private static int ExpiryOf(TestHost host, string destination)
    {
        string? line = Routes(host).Split('\n').FirstOrDefault(line => line.StartsWith(destination + " ", StringComparison.Ordinal) && line.Contains("expires", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(Expires().Match(line).Groups["seconds"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"expires (?<seconds>\d+)sec", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expires();

    // RFC 4861 section 4.2, with the prefix information of section 4.6.2 (on-link only: an address of the prefix would hold its route); an hour each.
    private static void SendRouterAdvertisement(TestHost router)
    {
        const uint hour = 3600;
        byte[] message = new byte[16 + 32];
        message[0] = 134;
        message[4] = 64;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), (ushort)hour);
        message[16] = 3;
        message[17] = 4;
        message[18] = 64;
        message[19] = 0x80;
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(20), hour);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(24), hour);
        IPAddress.Parse(Prefix).GetAddressBytes().CopyTo(message, 32);
        var source = IPAddress.Parse(router.LinkLocal.ToString());
        router.Run(() =>
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Raw, ProtocolType.IcmpV6);
            source.ScopeId = router.InterfaceIndex;
            socket.Bind(new IPEndPoint(source, 0));
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, router.InterfaceIndex);
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastTimeToLive, 255);
            _ = socket.SendTo(message, new IPEndPoint(new IPAddress(IPAddress.Parse("ff02::1").GetAddressBytes(), router.InterfaceIndex), 0));
        });
    }
}
