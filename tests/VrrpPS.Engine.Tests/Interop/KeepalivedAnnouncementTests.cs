using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Tests.Hostile;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>The same keepalived.conf makes as many announcements on the wire here as there: counted, not timed.</summary>
[Trait("Lane", "Interop")]
public sealed class KeepalivedAnnouncementTests
{
    /// <summary>Half of the delays above: what comes within it belongs to the first round.</summary>
    private const long Soon = Instant.NanosecondsPerSecond / 2;

    /// <summary>How many advertisements of 200 ms the longest delay lasts, and as many more.</summary>
    private const int Advertisements = 10;

    [Theory]
    [InlineData("garp_master_repeat 3\n garp_master_delay 1\n garp_lower_prio_repeat 2\n garp_lower_prio_delay 1", 3, 3, 2, 2)]
    [InlineData("garp_master_delay 1\n garp_lower_prio_repeat 0", 5, 5, 0, 0)]
    [InlineData("garp_master_repeat 4\n garp_master_delay 0\n garp_lower_prio_delay 1", 4, 0, 5, 5)]
    public async Task Rounds_have_the_same_numbers(string lines, int first, int second, int lower, int lowerAgain)
    {
        KeepalivedProcess.RequireOrSkip();
        using var theirs = TestNetwork.Create(2);
        using var theirTap = new WireTap(theirs);
        using var ours = new Cluster(2);
        using var ourTap = new WireTap(ours.Network);
        string text = new Peer().Keepalived(theirs, 0, 200)
            .Replace("    garp_master_delay 1\n    garp_master_repeat 1\n", $" {lines}\n garp_master_refresh 3600\n", StringComparison.Ordinal);
        var read = KeepalivedReader.Read(text, "keepalived.conf");
        Assert.Empty(read.Diagnostics);
        using var keepalived = KeepalivedProcess.Start(theirs[0], text);
        var configuration = Assert.Single(read.Document.Instances);
        await ours.StartAsync(0, ours.Configuration(0, 200) with { Announcement = configuration.Announcement, AdvertisementInterval = configuration.AdvertisementInterval });
        ours.WaitFor(0, RouterState.Master);
        Eventually.True(() => theirs[0].Has(InetAddress.Parse(Cluster.Vip)), "keepalived is Master");

        // Each round is looked at from its first announcement on, until the next one would have begun and ended.
        Assert.Equal((first, second), Rounds(theirTap, 0, first, second));
        Assert.Equal((first, second), Rounds(ourTap, 0, first, second));
        int theirMark = theirTap.Count, ourMark = ourTap.Count;
        Send(theirs[1]);
        Send(ours.Network[1]);
        Assert.Equal((lower, lowerAgain), Rounds(theirTap, theirMark, lower, lowerAgain));
        Assert.Equal((lower, lowerAgain), Rounds(ourTap, ourMark, lower, lowerAgain));
    }

    /// <summary>The numbers of announcements soon after the mark's first one, and of those behind that.</summary>
    private static (int First, int Second) Rounds(WireTap tap, int mark, int first, int second)
    {
        int expected = first + second;
        if (expected > 0)
        {
            _ = tap.WaitForCount(Announces, expected, "announcement", mark);
        }

        // One more would come at once, or with the second round: that time is waited for in advertisements, which come five times a second.
        int after = tap.Count;
        _ = tap.WaitForCount(static frame => frame is { Kind: SeenKind.Advertisement, Host: 0 }, Advertisements, "advertisement", after);
        var seen = tap.Frames.Skip(mark).Where(frame => Announces(frame)).ToArray();
        int soon = seen.Count(frame => frame.Time - seen[0].Time < Soon);
        return (soon, seen.Length - soon);
    }

    private static bool Announces(SeenFrame frame) => frame is { Host: 0, Kind: SeenKind.GratuitousArp } && frame.Source == InetAddress.Parse(Cluster.Vip);

    /// <summary>One advertisement of a lower priority.</summary>
    private static void Send(TestHost host) => host.Run(() =>
    {
        using var socket = PacketSocket.OpenSender();
        Assert.True(socket.Send(host.InterfaceIndex, Spoof.Advertisement(host, priority: 50, centiseconds: 20), out int error), $"{error}");
    });
}
