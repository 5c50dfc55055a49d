using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>
/// tcpdump and tshark decode what we send without complaint. tcpdump computes the checksum of version 3 over IPv4 with the pseudo-header,
/// and so does tshark; both complain about the other style, which RFC 9568 asks for.
/// </summary>
[Trait("Lane", "Interop")]
public sealed class DissectorTests
{
    private const string Tcpdump = "/usr/bin/tcpdump";
    private const string Tshark = "/usr/bin/tshark";

    private static readonly Peer[] s_ways =
    [
        new() { Version = VrrpVersion.V2 },
        new() { Version = VrrpVersion.V2, Password = "secret12" },
        new(),
        new() { Unicast = true },
        new() { Family = AddressFamily.IPv6 },
        new() { Family = AddressFamily.IPv6, Unicast = true },
    ];

    public static IEnumerable<TheoryDataRow<int, string>> Ways => s_ways.Select(static (way, index) => new TheoryDataRow<int, string>(index, way.ToString()));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Our_frames_are_decoded_without_complaint(int index, string name)
    {
        var (tcpdump, tshark) = await DissectAsync(s_ways[index], ChecksumStyle.Auto);
        Assert.DoesNotContain("bad", tcpdump, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("truncated", tcpdump, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("vrid 41, prio 200", tcpdump, StringComparison.Ordinal);
        Assert.Contains("vrid 41, prio 0", tcpdump, StringComparison.Ordinal);
        Assert.True(tshark.Length == 0, $"{name}: {tshark}");
    }

    [Fact]
    public async Task Checksum_without_the_pseudo_header_is_what_they_call_bad()
    {
        var (tcpdump, tshark) = await DissectAsync(new Peer(), ChecksumStyle.Rfc9568);
        Assert.Contains("bad vrrp cksum", tcpdump, StringComparison.Ordinal);
        Assert.NotEmpty(tshark);
    }

    private static async Task<(string Tcpdump, string Tshark)> DissectAsync(Peer way, ChecksumStyle style)
    {
        RequiresRoot.OrSkip();
        Assert.SkipUnless(File.Exists(Tcpdump) && File.Exists(Tshark), "tcpdump or tshark is not installed");
        using var cluster = new Cluster(2);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, way.Ours(cluster, 0, 200) with { ChecksumStyle = style });
        cluster.WaitFor(0, RouterState.Master, way.Family);

        // Before it is stopped: an IPv6 address is announced when the kernel answers for it, a little after the advertisement.
        _ = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.GratuitousArp or SeenKind.UnsolicitedNeighbor }, "an announcement");
        _ = await cluster.StopAsync(0, StopOptions.Immediately, way.Family);
        _ = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement, Priority: 0 }, "the resignation");
        string folder = Directory.CreateTempSubdirectory("vrrpps-capture-").FullName;
        try
        {
            string file = Path.Combine(folder, "ours.pcap");
            CaptureFile.Write(file, tap.Frames.Where(static frame => frame.Host == 0 && frame.Kind != SeenKind.Other));
            var host = cluster.Network[0];
            var (tcpdumpExit, tcpdump) = host.Execute(Tcpdump, string.Empty, "-n", "-vvv", "-r", file);
            Assert.True(tcpdumpExit == 0, tcpdump);
            var (tsharkExit, tshark) = host.Execute(
                Tshark,
                string.Empty,
                "-n", "-o", "ip.check_checksum:TRUE", "-r", file,
                "-Y", "_ws.malformed || _ws.expert.severity >= 0x600000 || vrrp.checksum.status == 0 || ip.checksum.status == 0 || icmpv6.checksum.status == 0");
            Assert.True(tsharkExit == 0, tshark);
            string complaints = string.Join('\n', tshark.Split('\n').Where(static line => line.Length > 0 && !line.StartsWith("Running as user", StringComparison.Ordinal)));
            return (tcpdump, complaints);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
