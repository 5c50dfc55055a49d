using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux;

public sealed class NetlinkConnectionTests
{
    private static readonly InetAddress s_address = InetAddress.Parse("192.0.2.100");

    [Fact]
    public void Refusal_carries_operation_errno_and_the_kernels_words()
    {
        var kernel = new FakeKernel(request => [FakeKernel.Acknowledge(FakeKernel.Sequences(request)[0], 17, "ipv4: Address already assigned")]);
        using var netlink = new RouteNetlink(kernel);

        var error = Assert.Throws<NetlinkException>(() => netlink.AddAddress(new AddressAssignment(3, s_address, 32)));

        Assert.Equal("bind address 192.0.2.100/32 on interface 3", error.Operation);
        Assert.Equal("EEXIST", error.ErrnoName);
        Assert.Equal(17, error.ErrorNumber);
        Assert.Equal("ipv4: Address already assigned", error.KernelMessage);
        Assert.Equal(
            "Cannot bind address 192.0.2.100/32 on interface 3: EEXIST (File exists); the kernel says: ipv4: Address already assigned",
            error.Message);
    }

    [Fact]
    public void Words_behind_an_echoed_request_are_found()
    {
        // Without NETLINK_CAP_ACK the kernel repeats the whole request before its words.
        byte[] payload = new byte[4 + 16 + 8 + 8];
        BitConverter.TryWriteBytes(payload, -22);
        BitConverter.TryWriteBytes(payload.AsSpan(4), 24);
        Convert.FromHexString("0800010041424300").CopyTo(payload, 28);
        var kernel = new FakeKernel(request => [FakeKernel.Message(2, 0x200, FakeKernel.Sequences(request)[0], payload)]);
        using var netlink = new RouteNetlink(kernel);

        Assert.Equal("ABC", Assert.Throws<NetlinkException>(() => netlink.DeleteLink(1)).KernelMessage);
    }

    [Fact]
    public void Connection_works_on_after_a_refusal()
    {
        int count = 0;
        var kernel = new FakeKernel(request => [FakeKernel.Acknowledge(FakeKernel.Sequences(request)[0], count++ == 0 ? 1 : 0)]);
        using var netlink = new RouteNetlink(kernel);

        Assert.Throws<NetlinkException>(() => netlink.SetLinkUp(1));
        netlink.SetLinkUp(1);

        Assert.Equal(2, kernel.Requests.Count);
        Assert.Equal(32, kernel.Requests[1].Length);
    }

    [Fact]
    public void Batch_goes_out_in_chunks_of_100_and_each_answer_finds_its_request()
    {
        // As the kernel does: in their order, refusals always, the rest where it is asked to. The third of all and the last of a datagram are refused.
        var kernel = new FakeKernel(static request => FakeKernel.Answer(request, static sequence => sequence is 3 or 200 ? 1 : 0));
        using var netlink = new RouteNetlink(kernel);
        var batch = netlink.CreateAddressBatch();
        for (uint i = 0; i < 250; i++)
        {
            batch.Replace(new AddressAssignment(1, InetAddress.FromIPv4(0xC0000200 + i), 32));
        }

        Assert.Equal(2, batch.Commit());

        Assert.Equal([100, 100, 50], kernel.Requests.Select(static request => FakeKernel.Sequences(request).Count));
        Assert.Equal([2, 199], Enumerable.Range(0, 250).Where(i => !batch.Results[i].Succeeded));
        Assert.Equal("EPERM", batch.Results[2].ToException().ErrnoName);
    }

    [Fact]
    public void Of_a_batch_only_the_last_request_of_each_datagram_is_acknowledged()
    {
        int answers = 0;
        var kernel = new FakeKernel(request =>
        {
            byte[][] answered = [.. FakeKernel.Answer(request, static _ => 0)];
            answers += answered.Length;
            return answered;
        });
        using var netlink = new RouteNetlink(kernel);
        var batch = netlink.CreateAddressBatch();
        for (uint i = 0; i < 150; i++)
        {
            var assignment = new AddressAssignment(1, InetAddress.FromIPv4(0xC0000200 + i), 32);
            if (i % 2 == 0)
            {
                batch.Replace(assignment);
            }
            else
            {
                batch.Delete(assignment);
            }
        }

        Assert.Equal(0, batch.Commit());

        Assert.Equal(2, answers);
    }

    [Fact]
    public void Answers_to_other_requests_are_passed_over()
    {
        var kernel = new FakeKernel(request =>
        [
            FakeKernel.Acknowledge(4711, 1),
            FakeKernel.Message(20, 0, 0, new byte[8]),
            FakeKernel.Acknowledge(FakeKernel.Sequences(request)[0]),
        ]);
        using var netlink = new RouteNetlink(kernel);

        netlink.SetLinkUp(1);

        Assert.Single(kernel.Requests);
    }

    [Fact]
    public void Torn_dump_starts_over_and_forgets_the_first_half()
    {
        int attempt = 0;
        var kernel = new FakeKernel(request =>
        {
            uint sequence = FakeKernel.Sequences(request)[0];
            ushort flags = (ushort)(attempt++ == 0 ? 0x12 : 0x02);
            return
            [
                FakeKernel.Message(20, flags, sequence, Address("C0000201", 1)),
                [.. FakeKernel.Message(20, flags, sequence, Address("C0000202", 1)), .. FakeKernel.Message(3, flags, sequence, new byte[4])],
            ];
        });
        using var netlink = new RouteNetlink(kernel);

        var found = netlink.GetAddresses();

        Assert.Equal(2, kernel.Requests.Count);
        Assert.Equal(["192.0.2.1", "192.0.2.2"], found.Select(static info => info.Address.ToString()));
    }

    [Fact]
    public void Dump_filter_holds_even_when_the_kernel_ignores_it()
    {
        var kernel = new FakeKernel(request =>
        {
            uint sequence = FakeKernel.Sequences(request)[0];
            return
            [
                FakeKernel.Message(20, 2, sequence, Address("C0000201", 1)),
                FakeKernel.Message(20, 2, sequence, Address("C0000202", 2)),
                FakeKernel.Message(3, 2, sequence, new byte[4]),
            ];
        });
        using var netlink = new RouteNetlink(kernel);

        Assert.Equal("192.0.2.2", netlink.GetAddresses(2).Single().Address.ToString());
    }

    private static byte[] Address(string address, byte index) => Convert.FromHexString($"02200000{index:X2}000000" + "08000200" + address);
}
