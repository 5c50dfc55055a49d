using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Configuration;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>What is on the wire, and what others put there.</summary>
[Trait("Lane", "Namespace")]
public sealed class WireTests
{
    private static readonly InetAddress s_vip = InetAddress.Parse(Cluster.Vip);

    [Fact]
    [Conformance("9568-7.2-1", Polarity.Required)]
    [Conformance("9568-7.2-4", Polarity.Required)]
    [Conformance("9568-6.4.3-9", Polarity.Required)]
    public async Task Stable_Master_advertises_once_per_interval_with_its_own_source_and_never_more()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        cluster.WaitFor(0, RouterState.Master);
        cluster.WaitFor(1, RouterState.Backup);
        using var tap = new WireTap(cluster.Network);
        var heard = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 30, "advertisement of the Master");
        Assert.All(heard, frame =>
        {
            Assert.Equal((200, 41, cluster.Network[0].IPv4, cluster.Network[0].MacAddress), (frame.Priority, frame.VirtualRouterId, frame.Source, frame.SourceMac));
            Assert.Equal([s_vip], frame.Addresses);
            Assert.Equal(255, frame.Bytes[22]);
            Assert.Equal(0xC0, frame.Bytes[15]);
        });

        // The first two gaps after a takeover may be cut short for the phase; the 27 after them are at least 27 intervals less the slack of
        // one, however late single ones were.
        double seconds = (heard[^1].Time - heard[2].Time) / 1e9;
        Assert.True(seconds > (27 * 0.1) - 0.05, $"28 advertisements in {seconds} s");
        Assert.Empty(tap.Advertisements(1));
    }

    [Fact]
    [Conformance("9568-8.1.2-2", Polarity.Required)]
    [Conformance("9568-6.4.2-7", Polarity.Required)]
    public async Task Advertisement_comes_first_and_what_is_announced_is_bound_by_then()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        var second = InetAddress.Parse("192.0.2.101");
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { VirtualAddresses = [new VirtualAddress(s_vip, 24), new VirtualAddress(second, 24)] });
        _ = tap.WaitFor(static frame => frame.Kind is SeenKind.Advertisement, "an advertisement");
        Assert.True(host.Has(s_vip) && host.Has(second));
        _ = tap.WaitFor(frame => frame.Kind == SeenKind.GratuitousArp && frame.Source == s_vip, "the first address is announced");
        _ = tap.WaitFor(frame => frame.Kind == SeenKind.GratuitousArp && frame.Source == second, "the second address is announced");
        Assert.Equal(SeenKind.Advertisement, tap.Frames.First(static frame => frame.Kind is SeenKind.Advertisement or SeenKind.GratuitousArp).Kind);
    }

    [Fact]
    [Conformance("9568-8.1.2-2", Polarity.Refused)]
    public async Task Address_that_the_kernel_refuses_is_neither_advertised_nor_announced()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        using var tap = new WireTap(cluster.Network);

        // The kernel refuses (EINVAL) an address whose subnet another one has with another scope.
        host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, host.IPv4, 24));
        var (exitCode, output) = host.Execute("/usr/sbin/ip", string.Empty, "address", "add", $"{host.IPv4}/24", "dev", TestHost.InterfaceName, "scope", "link");
        Assert.True(exitCode == 0, output);
        var other = InetAddress.Parse("198.51.100.7");
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { VirtualAddresses = [new VirtualAddress(other, 32), new VirtualAddress(s_vip, 24)] });
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Contains("the kernel refused a virtual address", cluster.State(0).FaultReason);
        Assert.Contains("EINVAL", cluster.WaitForEvent(0, VrrpEventKind.KernelRefused).Message, StringComparison.Ordinal);
        Assert.False(host.Has(s_vip) || host.Has(other));
        Assert.Contains(cluster.Engine(0).GetHistory(), static transition => transition is { FromState: RouterState.Backup, ToState: RouterState.Fault });

        // And it comes back by itself once the kernel takes it.
        (exitCode, output) = host.Execute("/usr/sbin/ip", string.Empty, "address", "delete", $"{host.IPv4}/24", "dev", TestHost.InterfaceName);
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain(tap.Frames, static frame => frame.Kind is SeenKind.Advertisement or SeenKind.GratuitousArp);
        host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, host.IPv4, 24)));
        cluster.WaitFor(0, RouterState.Master);
        Assert.True(host.Has(s_vip) && host.Has(other));
    }

    [Fact]
    public async Task Announcements_are_repeated_and_refreshed()
    {
        using var cluster = new Cluster(1);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with
        {
            Announcement = new AnnouncementOptions { RepeatAfter = [TimeSpan.FromMilliseconds(300)], RefreshInterval = TimeSpan.FromSeconds(1) },
        });
        var announced = tap.WaitForCount(static frame => frame.Kind == SeenKind.GratuitousArp, 4, "announcement");
        Assert.All(announced, frame => Assert.Equal((s_vip, cluster.Network[0].MacAddress), (frame.Source, frame.SourceMac)));
        Assert.InRange(announced[1].Time - announced[0].Time, 250_000_000, 900_000_000);
        Assert.True(announced[3].Time - announced[2].Time > 900_000_000);
    }

    [Fact]
    [Conformance("RX-7", Polarity.Refused)]
    public async Task Own_advertisement_that_is_reflected_is_reported_once_and_never_answered()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { AdvertisementInterval = new Interval(100) });
        using var tap = new WireTap(cluster.Network);
        var own = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, "an advertisement");
        int mark = tap.Count;
        SendTo(cluster, 0, own.Bytes, times: 20);
        _ = cluster.WaitForEvent(0, VrrpEventKind.DuplicateAddress, "came back");
        Eventually.True(() => cluster.Counter(0).OwnSourceReceived == 20, "all are counted");
        Assert.Single(cluster.Events, static @event => @event.Kind == VrrpEventKind.DuplicateAddress);
        Assert.Equal(RouterState.Master, cluster.State(0).State);
        Assert.True(tap.Frames.Skip(mark).Count(static frame => frame.Kind == SeenKind.Advertisement) <= 1, "no answer but the regular advertisement");
    }

    [Fact]
    [Conformance("9568-6.4.3-12", Polarity.Required)]
    public async Task Losing_advertisements_are_answered_at_once_but_not_every_one()
    {
        using var cluster = new Cluster(2);
        using var folder = new TemporaryFolder();
        string fifo = Path.Combine(folder.Path, "fifo");
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { AdvertisementInterval = new Interval(100), Notification = new NotificationOptions { Fifos = [fifo] } });
        using var tap = new WireTap(cluster.Network);
        _ = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, "an advertisement");
        cluster.WaitFor(0, RouterState.Master);
        int mark = tap.Count;
        SendTo(cluster, 0, Rival(cluster.Network[1], 50), times: 50);
        _ = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 2, "answer and next advertisement", mark);
        _ = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.GratuitousArp }, "the announcement", mark);
        Assert.True(tap.Frames.Skip(mark).Count(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }) <= 6, "no storm");
        SendTo(cluster, 0, Rival(cluster.Network[1], 50), times: 2);
        _ = cluster.WaitForEvent(0, VrrpEventKind.SplitBrain, "keeps advertising");
        Assert.Contains(cluster.State(0).Warning, static warning => warning.StartsWith("RivalMaster", StringComparison.Ordinal));
        using var told = new StreamReader(new FileStream(fifo, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1));
        Assert.Equal(["BACKUP", "MASTER", "MASTER_RX_LOWER_PRI"], Enumerable.Range(0, 3).Select(_ => told.ReadLine()!.Split(' ')[2]));
    }

    [Theory]
    [InlineData(AddressFamily.IPv4, Cluster.Vip)]
    [InlineData(AddressFamily.IPv6, Cluster.Vip6)]
    public async Task Foreign_announcement_of_our_address_is_corrected_and_reported(AddressFamily family, string text)
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200, family));
        cluster.WaitFor(0, RouterState.Master, family);

        // What is announced within an interval of a takeover may be what the old Master had under way.
        long sent = cluster.Engine(0).GetCounters().Single().AdvertisementSent;
        Eventually.True(() => cluster.Engine(0).GetCounters().Single().AdvertisementSent > sent + 1, "two advertisements after the takeover");
        using var tap = new WireTap(cluster.Network);
        var stranger = cluster.Network[1];
        var vip = InetAddress.Parse(text);
        byte[] frame = new byte[family == AddressFamily.IPv4 ? ArpFrame.Length : NeighborAdvertisementFrame.Length];
        _ = family == AddressFamily.IPv4
            ? ArpFrame.WriteAnnouncement(frame, stranger.MacAddress, vip)
            : NeighborAdvertisementFrame.WriteUnsolicited(frame, stranger.MacAddress, vip, stranger.LinkLocal, isRouter: false);
        stranger.Run(() =>
        {
            using var socket = PacketSocket.OpenSender();
            Assert.True(socket.Send(stranger.InterfaceIndex, frame, out int error), $"{error}");
        });
        var split = cluster.WaitForEvent(0, VrrpEventKind.SplitBrain, text);
        Assert.Contains(stranger.MacAddress.ToString(), split.Message, StringComparison.Ordinal);
        int foreign = Array.FindIndex(tap.Frames, seen => seen.Host == 1 && seen.Source == vip);
        Assert.True(foreign >= 0);
        _ = tap.WaitFor(seen => seen.Host == 0 && seen.Kind is SeenKind.GratuitousArp or SeenKind.UnsolicitedNeighbor && seen.Source == vip, "our own announcement", foreign);
        Assert.Equal(RouterState.Master, cluster.State(0, family).State);
    }

    [Theory]
    [InlineData(AddressFamily.IPv4, Cluster.Vip, 32)]
    [InlineData(AddressFamily.IPv6, Cluster.Vip6, 128)]
    public async Task Silent_holder_of_our_address_is_found_by_asking(AddressFamily family, string text, byte prefixLength)
    {
        using var cluster = new Cluster(2);
        var stranger = cluster.Network[1];
        stranger.Netlink(netlink => netlink.AddAddress(
            new AddressAssignment(stranger.InterfaceIndex, InetAddress.Parse(text), prefixLength) { Flags = AddressFlags.NoDuplicateDetection }));
        await cluster.StartAsync(0, cluster.Configuration(0, 200, family) with
        {
            Announcement = new AnnouncementOptions { RepeatAfter = [TimeSpan.FromMilliseconds(300)] },
        });
        var split = cluster.WaitForEvent(0, VrrpEventKind.SplitBrain, text);
        Assert.Contains(stranger.MacAddress.ToString(), split.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Foreign_cluster_on_our_virtual_router_is_reported_and_the_addresses_are_released_at_once()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 100));
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 200) with { VirtualAddresses = [new VirtualAddress(InetAddress.Parse("192.0.2.222"), 24)] });
        await cluster.Engine(1).SuspendAsync(cluster.Key(1), StopOptions.Default, TestContext.Current.CancellationToken);

        // A rival that is heard for the first time as the winner.
        SendTo(cluster, 0, Rival(cluster.Network[1], 200, "192.0.2.222"), times: 1);
        _ = cluster.WaitForEvent(0, VrrpEventKind.SplitBrain, "another cluster uses VRID 41");
        Assert.Contains(cluster.Engine(0).GetHistory(), static transition => transition.Event == LastEvent.HigherPriorityBackup);
    }

    [Theory]
    [InlineData("9568-5.1.1.3-2")]
    [InlineData("RX-2")]
    [InlineData("RX-3")]
    [InlineData("RX-4")]
    [InlineData("RX-6")]
    [InlineData("RX-7")]
    [Conformance("9568-5.1.1.3-2", Polarity.Refused)]
    [Conformance("RX-2", Polarity.Refused)]
    [Conformance("RX-3", Polarity.Refused)]
    [Conformance("RX-4", Polarity.Refused)]
    [Conformance("RX-6", Polarity.Refused)]
    public async Task Packet_that_the_IP_layer_would_refuse_is_refused(string row)
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 100));
        cluster.WaitFor(0, RouterState.Master);
        byte[] frame = Rival(cluster.Network[1], 200);
        switch (row)
        {
            case "9568-5.1.1.3-2":
                frame[22] = 254;
                break;
            case "RX-2":
                MacAddress.Read([2, 0, 0, 0, 9, 9]).Write(frame);
                break;
            case "RX-4":
                frame[20] = 0x20;
                break;
            case "RX-6":
                _ = InetAddress.Parse("192.0.2.200").Write(frame.AsSpan(30));
                break;
            case "RX-7":
                _ = InetAddress.Parse("0.0.0.0").Write(frame.AsSpan(26));
                break;
        }

        FixHeaderChecksum(frame, correct: row != "RX-3");
        for (int i = 0; i < 5; i++)
        {
            SendTo(cluster, 0, frame, times: 1);
        }

        // The good one behind them tells that they were read and refused, not late.
        Assert.Equal(RouterState.Master, cluster.State(0).State);
        SendTo(cluster, 0, Rival(cluster.Network[1], 201), times: 1);
        cluster.WaitFor(0, RouterState.Backup);
        Assert.Contains("priority 201", cluster.Engine(0).GetHistory()[^1].Reason, StringComparison.Ordinal);
        Assert.Equal(1, cluster.Counter(0).AdvertisementReceived);
    }

    private static void FixHeaderChecksum(byte[] frame, bool correct)
    {
        frame[24] = frame[25] = 0;
        uint sum = 0;
        for (int i = 14; i < 34; i += 2)
        {
            sum += (uint)((frame[i] << 8) | frame[i + 1]);
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        ushort checksum = (ushort)~(sum + (sum >> 16));
        (frame[24], frame[25]) = ((byte)(checksum >> 8), (byte)(correct ? checksum : checksum + 1));
    }

    private static byte[] Rival(TestHost host, byte priority, string address = Cluster.Vip)
    {
        var error = AdvertisementFrame.TryCreate(
            new AdvertisementFrameOptions
            {
                Header = new AdvertisementHeader(VrrpVersion.V3, 41, priority, new Interval(10)),
                Source = host.IPv4,
                SourceMac = host.MacAddress,
            },
            [InetAddress.Parse(address)],
            out var frame);
        Assert.Equal(EncodeError.None, error);
        return frame!.Frame.ToArray();
    }

    /// <summary>Sends frames out of the switch's port: only that host gets them.</summary>
    private static void SendTo(Cluster cluster, int host, byte[] frame, int times) => cluster.Network.Switch.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        int port = netlink.FindLink($"port{host}")!.Index;
        using var socket = PacketSocket.OpenSender();
        for (int i = 0; i < times; i++)
        {
            Assert.True(socket.Send(port, frame, out int error), $"{error}");
        }
    });
}
