using VrrpPS.Engine.Health;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Runtime;

/// <summary>
/// Goes the way of a takeover once before the first real one, which is the only one a user has: what runs for the first time is
/// linked, loaded and looked up then, and that takes milliseconds. Nothing comes of it: the router is nobody's, and the kernel is asked
/// for an interface that does not exist.
/// </summary>
public static class TakeoverRehearsal
{
    private const int NoInterface = int.MaxValue;
    private const byte Priority = 100;

    /// <summary>Goes the way, in the network namespace of the calling thread.</summary>
    public static void Run()
    {
        Elect();

        // The first look at the wall clock reads the time zone.
        _ = TimeProvider.System.GetLocalNow();
        try
        {
            Bind();
            Send();
        }
        catch (KernelException)
        {
            // Whatever the kernel has against it, it says when it matters.
            return;
        }
    }

    private static void Elect()
    {
        var own = InetAddress.FromIPv4(0xC000_0202);
        var interval = new Interval(100);
        var router = new VirtualRouter(new RouterParameters
        {
            Priority = Priority,
            AdvertisementInterval = interval,
            AddressCount = 1,
            Lease = ElectionTimers.DefaultLease(interval),
        });
        var effects = new EffectBuffer();
        var now = new Instant(Instant.NanosecondsPerSecond);
        Step(Input.PrimaryAddressChanged(own));
        Step(Input.Startup());
        Step(Input.Received(new AdvertisementInfo(Priority + 1, InetAddress.FromIPv4(0xC000_0203), interval)));
        now = router.NextDeadline;
        Step(Input.Tick());
        now = router.NextDeadline;
        Step(Input.Tick(ElectionTimers.GreatestSlack(interval)));
        Step(Input.LeaseRenewed());
        Step(Input.Received(new AdvertisementInfo(Priority - 1, InetAddress.FromIPv4(0xC000_0201), interval)));
        Step(Input.Received(new AdvertisementInfo(Priority + 1, InetAddress.FromIPv4(0xC000_0203), interval)));

        void Step(in Input input)
        {
            effects.Clear();
            router.Step(input, now, effects);
            foreach (ref readonly var effect in effects.Span)
            {
                if (effect.Kind == EffectKind.Transition)
                {
                    _ = TransitionText.Reason(effect, router, "none", TrackerFaults.None, recovered: null, group: null);
                }
            }
        }
    }

    private static void Bind()
    {
        using var netlink = RouteNetlink.Open();
        var batch = netlink.CreateAddressBatch();
        Append(batch, InetAddress.FromIPv4(0xC000_0201));
        Append(batch, InetAddress.VrrpGroupV6);
        _ = batch.Commit();
    }

    private static void Append(AddressBatch batch, InetAddress address)
    {
        var assignment = new AddressAssignment(NoInterface, address, (byte)(address.Length * 8)) { ValidLifetime = 2, Protocol = AddressProtocol.VrrpPS };
        batch.Replace(assignment);
        batch.Delete(assignment);
    }

    private static void Send()
    {
        using var socket = PacketSocket.OpenSender();
        var batch = new PacketSendBatch(capacity: 2, frameSize: NeighborAdvertisementFrame.Length);
        Span<byte> frame = stackalloc byte[NeighborAdvertisementFrame.Length];
        int length = ArpFrame.WriteAnnouncement(frame, default, InetAddress.FromIPv4(0xC000_0201));
        _ = batch.TryAdd(NoInterface, frame[..length]);
        _ = NeighborAdvertisementFrame.WriteUnsolicited(frame, default, InetAddress.VrrpGroupV6, InetAddress.VrrpGroupV6, isRouter: true);
        _ = batch.TryAdd(NoInterface, frame);
        _ = socket.Send(batch);
    }
}
