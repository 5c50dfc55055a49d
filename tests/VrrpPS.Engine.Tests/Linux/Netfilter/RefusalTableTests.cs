using VrrpPS.Engine.Linux.Netfilter;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux.Netfilter;

public sealed class RefusalTableTests
{
    private static readonly RefusedAddress s_v4 = new(InetAddress.Parse("192.0.2.100"), 7);
    private static readonly RefusedAddress s_v6 = new(InetAddress.Parse("2001:db8::100"), 7);
    private static readonly RefusedAddress s_linkLocal = new(InetAddress.Parse("fe80::100"), 7);

    [Fact]
    public void Table_its_sets_chain_and_rules_are_made_in_one_transaction_and_belong_to_the_socket()
    {
        var kernel = Agreeing();
        using var table = new RefusalTable(kernel, "vrrpps_1");

        var messages = Messages(Assert.Single(kernel.Requests));
        // Begin; table, three sets, chain, four rules; end. Only what is inside asks for an answer.
        Assert.Equal([0x10, 0xA00, 0xA09, 0xA09, 0xA09, 0xA03, 0xA06, 0xA06, 0xA06, 0xA06, 0x11], messages.Select(static m => (int)m.Type));
        Assert.Equal([false, .. Enumerable.Repeat(true, 9), false], messages.Select(static m => (m.Flags & 4) != 0));
        Assert.Equal("0000000A", Convert.ToHexString(messages[0].Payload));
        Assert.Equal("0000000A", Convert.ToHexString(messages[^1].Payload));
        // Family inet; the name; flags: the owner's alone.
        Assert.Equal("01000000" + "0D000100" + "7672727070735F3100000000" + "08000200" + "00000002", Convert.ToHexString(messages[1].Payload));
    }

    [Fact]
    [Conformance("9568-6.1-1", Polarity.Required)]
    public void Neighbour_discovery_is_let_through_before_anything_is_refused_in_the_bytes_that_nft_sends()
    {
        var kernel = Agreeing();
        using var table = new RefusalTable(kernel, "vrrpps_1");

        // nft 1.0.6 for: icmpv6 type 133-137 accept, in a table of the inet family.
        const string nft =
            "24000180090001006D6574610000000014000280080002000000000F0800010000000001"
            + "2C00018008000100636D700020000280080001000000000108000200000000000C000380050001000A000000"
            + "24000180090001006D657461000000001400028008000200000000100800010000000001"
            + "2C00018008000100636D700020000280080001000000000108000200000000000C000380050001003A000000"
            + "340001800C0001007061796C6F616400240002800800010000000001080002000000000208000300000000000800040000000001"
            + "2C00018008000100636D700020000280080001000000000108000200000000050C0003800500010085000000"
            + "2C00018008000100636D700020000280080001000000000108000200000000030C0003800500010089000000"
            + "300001800E000100696D6D6564696174650000001C0002800800010000000000100002800C0002800800010000000001";
        Assert.EndsWith(nft, Convert.ToHexString(Messages(kernel.Requests[0])[6].Payload), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_address_goes_into_the_set_of_its_kind_and_only_a_link_local_one_with_its_interface()
    {
        var kernel = Agreeing();
        using var table = new RefusalTable(kernel, "vrrpps_1");
        table.Change([s_v4, s_v6, s_linkLocal], []);
        table.Change([], [s_linkLocal]);

        var added = Messages(kernel.Requests[1]);
        Assert.Equal([0x10, 0xA0C, 0xA0C, 0xA0C, 0x11], added.Select(static m => (int)m.Type));
        Assert.EndsWith("0C000180" + "08000100" + "C0000264", Convert.ToHexString(added[1].Payload), StringComparison.Ordinal);
        Assert.EndsWith("14000100" + "20010DB8000000000000000000000100", Convert.ToHexString(added[2].Payload), StringComparison.Ordinal);
        Assert.EndsWith("18000100" + "FE800000000000000000000000000100" + "07000000", Convert.ToHexString(added[3].Payload), StringComparison.Ordinal);
        Assert.Equal([0x10, 0xA0E, 0x11], Messages(kernel.Requests[2]).Select(static m => (int)m.Type));
    }

    [Fact]
    public void Nothing_to_change_is_not_sent()
    {
        var kernel = Agreeing();
        using var table = new RefusalTable(kernel, "vrrpps_1");
        table.Change([], []);
        Assert.Single(kernel.Requests);
    }

    [Fact]
    public void Thousands_of_addresses_fit_one_transaction_and_more_are_an_error()
    {
        var kernel = Agreeing();
        using var table = new RefusalTable(kernel, "vrrpps_1");
        table.Change([.. Many(3000)], []);
        Assert.Equal(5, Messages(kernel.Requests[1]).Count);
        Assert.Equal("EMSGSIZE", Assert.Throws<NetlinkException>(() => table.Change([.. Many(6000)], [])).ErrnoName);

        static IEnumerable<RefusedAddress> Many(uint count)
            => Enumerable.Range(0, (int)count).Select(static i => new RefusedAddress(InetAddress.Parse($"2001:db8::{i:x}"), 0));
    }

    [Fact]
    public void Refusal_carries_the_kernels_words_and_the_next_request_its_own_answer()
    {
        int transactions = 0;
        var kernel = new FakeKernel(request =>
        {
            bool refuses = transactions++ == 1;
            return Inner(request).Select((sequence, i) => refuses && i == 1 ? FakeKernel.Acknowledge(sequence, 28, "set is full") : FakeKernel.Acknowledge(sequence));
        });
        using var table = new RefusalTable(kernel, "vrrpps_1");

        var error = Assert.Throws<NetlinkException>(() => table.Change([s_v4, s_v6], []));
        Assert.Equal((28, "set is full", "refuse what is sent to 192.0.2.100, 2001:db8::100"), (error.ErrorNumber, error.KernelMessage, error.Operation));
        table.Change([s_v4], []);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(95)]
    public void A_kernel_that_refuses_the_whole_answers_its_first_message_only(int errno)
    {
        var kernel = new FakeKernel(request => [FakeKernel.Acknowledge(FakeKernel.Sequences(request)[0], errno)]);
        Assert.Equal(errno, Assert.Throws<NetlinkException>(() => new RefusalTable(kernel, "vrrpps_1")).ErrorNumber);
    }

    [Fact]
    public void A_transaction_that_fails_at_its_end_is_no_success_although_each_message_was_fine()
    {
        // So the kernel does it: the error of the commit first, then the answers to the messages.
        var kernel = new FakeKernel(request => [FakeKernel.Acknowledge(FakeKernel.Sequences(request)[0], 12), .. Inner(request).Select(static sequence => FakeKernel.Acknowledge(sequence))]);
        Assert.Equal("ENOMEM", Assert.Throws<NetlinkException>(() => new RefusalTable(kernel, "vrrpps_1")).ErrnoName);
    }

    private static FakeKernel Agreeing() => new(static request => Inner(request).Select(static sequence => FakeKernel.Acknowledge(sequence)));

    /// <summary>The sequence numbers between the brackets.</summary>
    private static uint[] Inner(byte[] request) => [.. FakeKernel.Sequences(request)[1..^1]];

    private static List<(ushort Type, ushort Flags, byte[] Payload)> Messages(byte[] datagram)
    {
        var found = new List<(ushort, ushort, byte[])>();
        ReadOnlySpan<byte> rest = datagram;
        while (NetlinkMessage.TryRead(ref rest, out var message))
        {
            found.Add((message.Type, message.Flags, message.Payload.ToArray()));
        }

        return found;
    }
}
