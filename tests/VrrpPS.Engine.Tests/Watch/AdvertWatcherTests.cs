using System.Diagnostics;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Watch;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

[Trait("Lane", "Namespace")]
public sealed class AdvertWatcherTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Received_and_sent_advertisements_are_told_apart()
    {
        using var lab = new WatchLab();
        var (a, b) = (lab.AddNode(), lab.AddNode());
        using var here = AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = a.Name });
        using var there = AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = b.Name });

        a.Send(AdvertPacket.Frame());

        var sent = Take(here, 1).Single();
        var received = Take(there, 1).Single();
        Assert.Equal(AdvertDirection.Sent, sent.Direction);
        Assert.Equal(AdvertDirection.Received, received.Direction);
        Assert.Equal("eth0", received.InterfaceName);
        Assert.Equal(b.Name, received.NetworkNamespace);
        Assert.Equal("10.0.0.1", received.SourceAddress);
        Assert.Empty(received.Problem);
        Assert.InRange(received.Timestamp, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal(["eth0"], there.Interfaces);
    }

    [Fact]
    public void Bad_frames_are_shown_with_what_is_wrong()
    {
        using var lab = new WatchLab();
        var (a, b) = (lab.AddNode(), lab.AddNode());
        using var watcher = AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = b.Name, ExpectedVirtualRouterIds = [51] });
        byte[] good = AdvertPacket.Frame(priority: 200);

        a.Send(
            good,
            good.With(AdvertPacket.IPOffset + 8, 1),
            good.With(AdvertPacket.MessageOffset + 6, 0xEE),
            good.With(AdvertPacket.MessageOffset, 0x3F),
            AdvertPacket.Frame(vrid: 7),
            AdvertPacket.Frame(source: "10.0.0.9", priority: 250, centiseconds: 300),
            AdvertPacket.Frame(source: "10.0.0.9", priority: 250, centiseconds: 300, mac: 0x0200_0000_0099),
            AdvertPacket.Frame(VrrpVersion.V2, source: "10.0.0.8", priority: 255),
            AdvertPacket.Frame(VrrpVersion.V2, source: "10.0.0.8", priority: 255));

        Assert.Equal(
            [
                [],
                [AdvertProblemCode.TimeToLive],
                [AdvertProblemCode.BadChecksum],
                [AdvertProblemCode.Malformed, AdvertProblemCode.BadChecksum],
                [AdvertProblemCode.ForeignVirtualRouter],
                [AdvertProblemCode.IntervalMismatch],
                [AdvertProblemCode.IntervalMismatch, AdvertProblemCode.DuplicateSourceAddress],
                [],
                [AdvertProblemCode.VersionMismatch, AdvertProblemCode.IntervalMismatch],
            ],
            Take(watcher, 9).Select(static advert => advert.ProblemCode.ToArray()));
    }

    [Fact]
    public void Only_the_interfaces_asked_for_are_heard_and_late_ones_are_picked_up()
    {
        using var lab = new WatchLab();
        var (a, b) = (lab.AddNode(), lab.AddNode());
        using var watcher = AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = b.Name, InterfaceNames = ["late*"] });
        Assert.Empty(watcher.Interfaces);
        a.Send(AdvertPacket.Frame(vrid: 1));

        lab.Connect(b, "late0", "plate");
        var patience = Stopwatch.StartNew();
        while (watcher.Interfaces.Count == 0 && patience.Elapsed < s_patience)
        {
            Thread.Yield();
        }

        Assert.Equal(["late0"], watcher.Interfaces);
        a.Send(AdvertPacket.Frame(vrid: 2));

        var advert = Take(watcher, 1).Single();
        Assert.Equal("late0", advert.InterfaceName);
        Assert.Equal(2, advert.VirtualRouterId);
    }

    [Fact]
    public async Task Cancellation_ends_a_waiting_reader_at_once()
    {
        using var lab = new WatchLab();
        var node = lab.AddNode();
        using var watcher = AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = node.Name });
        using var cancel = new CancellationTokenSource();

        var reading = Task.Run(() => watcher.Read(cancel.Token).Count(), TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        Assert.Equal(0, await reading.WaitAsync(s_patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Disposal_ends_the_reader()
    {
        using var lab = new WatchLab();
        var watcher = AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = lab.AddNode().Name });
        var reading = Task.Run(() => watcher.Read().Count(), TestContext.Current.CancellationToken);

        watcher.Dispose();

        Assert.Equal(0, await reading.WaitAsync(s_patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_slow_reader_loses_advertisements_and_knows_how_many()
    {
        using var lab = new WatchLab();
        var (a, b) = (lab.AddNode(), lab.AddNode());
        using var watcher = AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = b.Name, QueueLength = 2 });

        a.Send([.. Enumerable.Range(1, 10).Select(static i => AdvertPacket.Frame(vrid: (byte)i))]);
        var patience = Stopwatch.StartNew();
        while (watcher.Dropped < 8 && patience.Elapsed < s_patience)
        {
            Thread.Yield();
        }

        Assert.Equal(8, watcher.Dropped);
        Assert.Equal([1, 2], Take(watcher, 2).Select(static advert => advert.VirtualRouterId!.Value));
    }

    [Fact]
    public void A_namespace_that_does_not_exist_is_refused_by_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");

        var error = Assert.Throws<VrrpException>(() => AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = "no-such-namespace" }));

        Assert.Equal(ErrorIds.NamespaceNotFound, error.ErrorId);
    }

    [Fact]
    public void An_output_file_that_cannot_be_made_is_refused_at_start()
    {
        using var lab = new WatchLab();
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "x.pcap");

        var error = Assert.Throws<VrrpException>(() => AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = lab.AddNode().Name, OutFile = path }));

        Assert.Equal(ErrorIds.CaptureUnreadable, error.ErrorId);
    }

    internal static List<VrrpAdvert> Take(AdvertWatcher watcher, int count)
    {
        using var patience = new CancellationTokenSource(s_patience);
        var adverts = watcher.Read(patience.Token).Take(count).ToList();
        Assert.True(adverts.Count == count, $"{adverts.Count} of {count} advertisements came: {string.Join("; ", adverts)}");
        return adverts;
    }
}
