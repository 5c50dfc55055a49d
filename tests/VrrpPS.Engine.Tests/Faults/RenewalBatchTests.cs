using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>Every renewal is an event for every other program that listens to addresses, whose buffers are small.</summary>
[Trait("Lane", "Namespace")]
public sealed class RenewalBatchTests
{
    [Fact]
    public async Task Many_leases_are_renewed_in_few_datagrams_of_bounded_size()
    {
        const int addresses = 250, rounds = 3;
        CountingKernel? kernel = null;
        using var cluster = new Cluster(1, _ => new EngineOptions
        {
            OpenNetlink = () =>
            {
                var socket = new NetlinkSocket();
                socket.SetReceiveBuffer(1024 * 1024);
                return new RouteNetlink(kernel = new CountingKernel(socket));
            },
        });
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with
        {
            VirtualAddresses = [.. Enumerable.Range(1, addresses).Select(static i => new VirtualAddress(InetAddress.Parse($"192.0.3.{i}"), 32))],
        });
        cluster.WaitFor(0, RouterState.Master);
        int before = kernel!.Requests.Length;
        Eventually.True(() => kernel.Requests.Skip(before).Sum() >= rounds * addresses, "all leases are renewed several times");

        int[] renewals = [.. kernel.Requests.Skip(before)];
        Assert.All(renewals, static requests => Assert.InRange(requests, 1, AddressBatch.ChunkSize));
        Assert.True(renewals.Average() >= AddressBatch.ChunkSize / 2.0, $"the datagrams held {string.Join(' ', renewals)} requests");
    }
}
