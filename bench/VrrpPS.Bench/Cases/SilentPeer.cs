using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;
using VrrpPS.Bench.Nodes;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Bench.Cases;

/// <summary>A Master of a higher priority on the second node, which advertises as long as it is told to and then says nothing any more.</summary>
internal sealed class SilentPeer : IDisposable
{
    private const byte Priority = 254;

    private readonly PacketSocket _socket;
    private readonly AdvertisementFrame _frame;
    private readonly int _link;

    /// <summary>Makes it; it is silent.</summary>
    public SilentPeer(BenchNetwork network, TakeoverPlan plan)
    {
        var host = network.Nodes[1];
        _link = host.Link;
        var source = host.Namespace.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            return netlink.GetAddresses(host.Link).Select(static info => info.Address).First(
                address => address.Family == plan.Family && (plan.Family == AddressFamily.IPv4 || address.IsLinkLocal));
        });
        var error = AdvertisementFrame.TryCreate(
            new AdvertisementFrameOptions
            {
                Header = new AdvertisementHeader(VrrpVersion.V3, TakeoverPlan.Router, Priority, new Interval(TakeoverPlan.Interval)),
                Source = source,
                SourceMac = host.Mac,
            },
            [.. Enumerable.Range(0, plan.Advertised).Select(index => BenchNetwork.VirtualAddress(index, plan.Family))],
            out var frame);
        _frame = error == EncodeError.None ? frame! : throw new BenchException($"The frame cannot be built: {error}.");
        _socket = host.Namespace.RunInside(PacketSocket.OpenSender);
    }

    /// <summary>Advertises until a condition holds, and then once more.</summary>
    /// <exception cref="BenchException">It does not in time.</exception>
    public void AdvertiseUntil(Func<bool> condition, int atLeast, TimeSpan bound, Func<string> what)
    {
        long end = Clock.Now + (long)bound.TotalNanoseconds;
        for (int sent = 0; sent < atLeast || !condition(); sent++)
        {
            if (Clock.Now > end)
            {
                throw new BenchException(what());
            }

            Send();
            Thread.Sleep(TakeoverPlan.Interval * 10);
        }

        Send();
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Send()
    {
        if (!_socket.Send(_link, _frame.Frame, out int error))
        {
            throw new BenchException($"The peer cannot send: error {error}.");
        }
    }
}
