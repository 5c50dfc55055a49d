using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux;

/// <summary>Requests byte by byte (little-endian machines, which both supported architectures are).</summary>
public sealed class NetlinkMessageTests
{
    private static readonly InetAddress s_address = InetAddress.Parse("192.0.2.100");

    [Fact]
    public void Leased_IPv4_address_is_written_as_the_kernel_reads_it()
    {
        var kernel = new FakeKernel(request => [FakeKernel.Acknowledge(FakeKernel.Sequences(request)[0])]);
        using var netlink = new RouteNetlink(kernel);

        netlink.ReplaceAddress(new AddressAssignment(3, s_address, 32)
        {
            ValidLifetime = 2,
            PreferredLifetime = 0,
            Protocol = AddressProtocol.VrrpPS,
            Flags = AddressFlags.NoPrefixRoute,
        });

        const string expected =
            "4C000000" + "1400" + "0505" + "01000000" + "00000000" // nlmsghdr: NEWADDR, REQUEST|ACK|REPLACE|CREATE
            + "02" + "20" + "00" + "00" + "03000000" // ifaddrmsg: AF_INET, /32, interface 3
            + "0800" + "0200" + "C0000264" // IFA_LOCAL
            + "0800" + "0100" + "C0000264" // IFA_ADDRESS
            + "0800" + "0800" + "00020000" // IFA_FLAGS
            + "1400" + "0600" + "00000000" + "02000000" + "00000000" + "00000000" // IFA_CACHEINFO
            + "0500" + "0B00" + "70000000"; // IFA_PROTO 112, padded
        Assert.Equal(expected, Convert.ToHexString(kernel.Requests.Single()));
    }

    [Fact]
    public void Permanent_IPv6_address_has_no_end_and_no_mark()
    {
        var kernel = new FakeKernel(request => [FakeKernel.Acknowledge(FakeKernel.Sequences(request)[0])]);
        using var netlink = new RouteNetlink(kernel);

        netlink.AddAddress(new AddressAssignment(7, InetAddress.Parse("2001:db8::64"), 128) { Flags = AddressFlags.NoDuplicateDetection });

        const string address = "20010DB8000000000000000000000064";
        const string expected =
            "5C000000" + "1400" + "0506" + "01000000" + "00000000"
            + "0A" + "80" + "00" + "00" + "07000000"
            + "1400" + "0200" + address
            + "1400" + "0100" + address
            + "0800" + "0800" + "02000000"
            + "1400" + "0600" + "FFFFFFFF" + "FFFFFFFF" + "00000000" + "00000000";
        Assert.Equal(expected, Convert.ToHexString(kernel.Requests.Single()));
    }

    [Fact]
    public void Nested_attributes_know_their_length()
    {
        var kernel = new FakeKernel(request => [FakeKernel.Acknowledge(FakeKernel.Sequences(request)[0])]);
        using var netlink = new RouteNetlink(kernel);

        netlink.CreateMacvlan("vm1", 5, MacAddress.VirtualRouter(AddressFamily.IPv4, 51));

        const string expected =
            "58000000" + "1000" + "0506" + "01000000" + "00000000"
            + "00000000" + "00000000" + "00000000" + "00000000"
            + "0800" + "0300" + "766D3100" // IFLA_IFNAME "vm1"
            + "0800" + "0500" + "05000000" // IFLA_LINK
            + "0A00" + "0100" + "00005E000133" + "0000" // IFLA_ADDRESS
            + "1C00" + "1280" // IFLA_LINKINFO, nested
            + "0C00" + "0100" + "6D6163766C616E00" // IFLA_INFO_KIND "macvlan"
            + "0C00" + "0280" // IFLA_INFO_DATA, nested
            + "0800" + "0100" + "01000000"; // IFLA_MACVLAN_MODE private
        Assert.Equal(expected, Convert.ToHexString(kernel.Requests.Single()));
    }

    [Fact]
    public void Writer_that_overflowed_stays_failed_and_writes_nothing_more()
    {
        var writer = new NetlinkMessageWriter(capacity: 28);
        writer.Begin(20, 1, 1);
        writer.Attribute(1, 1u);
        Assert.False(writer.Failed);

        writer.Attribute(2, new byte[20]);
        writer.Attribute(3, []);
        writer.End();

        Assert.True(writer.Failed);
        Assert.Equal(24, writer.Written.Length);
        writer.Reset();
        Assert.False(writer.Failed);
        Assert.True(writer.Written.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0800")]
    [InlineData("0300010000000000")]
    [InlineData("0900010000000000")]
    [InlineData("FFFF010000000000")]
    public void Malformed_attributes_end_the_reading(string hex)
    {
        ReadOnlySpan<byte> bytes = Convert.FromHexString(hex);
        Assert.False(NetlinkAttribute.TryRead(ref bytes, out _));
    }

    [Theory]
    [InlineData("0F000000140000000100000000000000")]
    [InlineData("11000000140000000100000000000000")]
    [InlineData("FFFFFFFF140000000100000000000000")]
    [InlineData("1000000014000000010000000000")]
    public void Malformed_messages_end_the_reading(string hex)
    {
        ReadOnlySpan<byte> bytes = Convert.FromHexString(hex);
        Assert.False(NetlinkMessage.TryRead(ref bytes, out _));
    }

    [Fact]
    public void Lifetimes_default_to_forever_and_preferred_never_exceeds_valid()
    {
        Assert.Equal(AddressAssignment.Forever, default(AddressAssignment).ValidLifetime);
        Assert.Equal(AddressAssignment.Forever, default(AddressAssignment).PreferredLifetime);
        Assert.Equal(2u, new AddressAssignment(1, s_address, 32) { ValidLifetime = 2 }.PreferredLifetime);
        Assert.Equal(0u, new AddressAssignment(1, s_address, 32) { ValidLifetime = 2, PreferredLifetime = 0 }.PreferredLifetime);
    }
}
