using VrrpPS.Engine.Watch;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

/// <summary>What real keepalived pairs say, and what tcpdump and Wireshark's tools write and read.</summary>
[Trait("Lane", "Interop")]
public sealed class AdvertWatcherInteropTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("vrrpps-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void A_healthy_keepalived_pair_has_no_problems_and_hands_over_in_order(int version, bool ipv6)
    {
        Assert.SkipUnless(WatchLabProcess.Exists("keepalived"), "keepalived is not installed");
        using var lab = new WatchLab();
        var (a, b, observer) = (lab.AddNode(), lab.AddNode(), lab.AddNode());
        string vip = ipv6 ? "fe80::100" : "10.0.0.100";
        string prefix = ipv6 ? "fe80::" : "10.0.0.";
        using var watcher = AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = observer.Name });

        var first = Keepalived(a, version, 200, vip);
        _ = Keepalived(b, version, 100, vip);
        var before = Until(watcher, advert => advert.SourceAddress == prefix + "1" && advert.Priority == 200, 3);
        first.Terminate();
        var after = Until(watcher, advert => advert.SourceAddress == prefix + "2", 3);

        Assert.All(before, advert => Assert.Equal(version, advert.Version));
        Assert.Equal([vip], before[^1].VirtualIPAddress);
        Assert.True(before[^1].ChecksumValid);
        Assert.All(before, static advert => Assert.Empty(Grave(advert)));
        Assert.Equal([AdvertProblemCode.PriorityZero], Assert.Single(after, static advert => advert.Priority == 0).ProblemCode);
        Assert.All(after.Where(static advert => advert.Priority != 0), static advert => Assert.Empty(Grave(advert)));
    }

    [Fact]
    public void Two_keepalived_of_different_versions_are_two_masters()
    {
        Assert.SkipUnless(WatchLabProcess.Exists("keepalived"), "keepalived is not installed");
        using var lab = new WatchLab();
        var (a, b, observer) = (lab.AddNode(), lab.AddNode(), lab.AddNode());
        using var watcher = AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = observer.Name });

        _ = Keepalived(a, 2, 200, "10.0.0.100");
        _ = Keepalived(b, 3, 100, "10.0.0.100");

        var seen = Until(watcher, static advert => advert.ProblemCode.Contains(AdvertProblemCode.TwoMasters) && advert.ProblemCode.Contains(AdvertProblemCode.VersionMismatch), 1);
        Assert.NotEmpty(seen);
    }

    [Theory]
    [InlineData("pcap")]
    [InlineData("nsecpcap")]
    [InlineData("pcapng")]
    public void Files_of_other_tools_are_read(string format)
    {
        Assert.SkipUnless(
            WatchLabProcess.Exists("editcap") && WatchLabProcess.Exists("mergecap") && WatchLabProcess.Exists("tcpdump"),
            "tcpdump, editcap and mergecap are not all installed");
        string own = Path.Combine(_folder, "own.pcap");
        File.WriteAllBytes(own, new CaptureBytes(false).PcapHeader(true)
            .PcapRecord(1_700_000_000, 123_456_789, AdvertPacket.Frame())
            .PcapRecord(1_700_000_001, 123_456_789, AdvertPacket.Frame(source: "fe80::1")).ToArray());
        string file = Path.Combine(_folder, "their." + format);
        _ = format switch
        {
            "pcap" => WatchLabProcess.Run("tcpdump", "-r", own, "-w", file),
            _ => WatchLabProcess.Run("editcap", "-F", format, own, file),
        };
        if (format == "pcapng")
        {
            string merged = Path.Combine(_folder, "merged.pcapng");
            _ = WatchLabProcess.Run("mergecap", "-a", "-F", "pcapng", "-w", merged, file, own);
            file = merged;
        }

        var adverts = AdvertFile.Read(file, new AdvertWatchOptions(), TestContext.Current.CancellationToken).ToList();

        Assert.Equal(format == "pcapng" ? 4 : 2, adverts.Count);
        Assert.All(adverts, static advert => Assert.Empty(advert.Problem));
        Assert.Equal(1_700_000_000, adverts[0].Timestamp.ToUnixTimeSeconds());
        Assert.Equal(format == "pcap" ? 123_456 : 123_456.7, (adverts[0].Timestamp - DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)).TotalMicroseconds, 0.01);
    }

    [Theory]
    [InlineData("any", "LINUX_SLL2", "if")]
    [InlineData("any", "LINUX_SLL", "")]
    [InlineData("eth0", "EN10MB", "")]
    public void A_live_tcpdump_capture_is_read(string device, string linkType, string interfaceName)
    {
        Assert.SkipUnless(WatchLabProcess.Exists("tcpdump"), "tcpdump is not installed");
        using var lab = new WatchLab();
        var (a, b) = (lab.AddNode(), lab.AddNode());
        string file = Path.Combine(_folder, "live.pcap");
        var tcpdump = b.Start("tcpdump", "-i", device, "-y", linkType, "-c", "1", "-U", "--immediate-mode", "-Z", "root", "-w", file, "ip proto 112");
        Assert.True(SpinWait.SpinUntil(() => tcpdump.Output.Contains("listening", StringComparison.Ordinal), s_patience), tcpdump.Output);

        a.Send(AdvertPacket.Frame());
        Assert.Equal(0, tcpdump.WaitForExit());

        var advert = Assert.Single(AdvertFile.Read(file, new AdvertWatchOptions(), TestContext.Current.CancellationToken));
        Assert.Empty(advert.Problem);
        Assert.Equal("02:00:00:00:00:0a", advert.SourceMacAddress);
        Assert.StartsWith(interfaceName, advert.InterfaceName, StringComparison.Ordinal);
        Assert.Equal(device == "any" ? AdvertDirection.Received : AdvertDirection.Unknown, advert.Direction);
    }

    [Fact]
    public void What_is_written_is_read_by_tshark_without_complaint()
    {
        Assert.SkipUnless(WatchLabProcess.Exists("tshark"), "tshark is not installed");
        using var lab = new WatchLab();
        var (a, b) = (lab.AddNode(), lab.AddNode());
        string file = Path.Combine(_folder, "out.pcap");
        using (var watcher = AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = b.Name, OutFile = file }))
        {
            a.Send(AdvertPacket.Frame(), AdvertPacket.Frame(source: "fe80::1"));
            _ = AdvertWatcherTests.Take(watcher, 2);
        }

        string text = WatchLabProcess.Run("tshark", "-n", "-r", file, "-T", "fields", "-e", "vrrp.virt_rtr_id", "-e", "_ws.malformed");

        Assert.Equal(2, text.Split('\n').Count(static line => line.Trim() == "51"));
    }

    private WatchLabProcess Keepalived(WatchLabNode node, int version, int priority, string vip)
    {
        string file = Path.Combine(_folder, node.Name + ".conf");
        File.WriteAllText(file, $$"""
            global_defs {
              router_id {{node.Name}}
              vrrp_version {{version}}
            }
            vrrp_instance T {
              state BACKUP
              interface eth0
              virtual_router_id 51
              priority {{priority}}
              advert_int {{(version == 3 ? "0.5" : "1")}}
              virtual_ipaddress {
                {{vip}}
              }
            }
            """);
        return node.Start(
            "keepalived", "--vrrp", "--dont-fork", "--log-console", "--log-detail", "-f", file, "-p", file + ".pid", "-r", file + ".vrrp");
    }

    /// <summary>All but gaps: a machine shared with other tests makes keepalived late.</summary>
    private static IEnumerable<AdvertProblemCode> Grave(VrrpAdvert advert)
        => advert.ProblemCode.Where(static code => code != AdvertProblemCode.Gap);

    /// <summary>Reads until so many advertisements meet a condition; returns all that were read.</summary>
    private static List<VrrpAdvert> Until(AdvertWatcher watcher, Func<VrrpAdvert, bool> condition, int count)
    {
        using var patience = new CancellationTokenSource(s_patience);
        var seen = new List<VrrpAdvert>();
        foreach (var advert in watcher.Read(patience.Token))
        {
            seen.Add(advert);
            count -= condition(advert) ? 1 : 0;
            if (count == 0)
            {
                return seen;
            }
        }

        Assert.Fail("not seen in time: " + string.Join("; ", seen));
        return seen;
    }
}
