using System.Buffers.Binary;
using System.Diagnostics;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

/// <summary>Our frames as an independent dissector sees them.</summary>
public class TsharkTests
{
    /// <summary>Malformed, or an expert's remark of severity warning or error.</summary>
    private const string Complaints = "_ws.malformed || _ws.expert.severity >= 0x600000";

    [Fact]
    [Trait("Lane", "Interop")]
    public async Task Tshark_decodes_our_frames_without_complaint()
    {
        byte[][] frames = MakeFrames();
        Assert.Equal("", await DecodeAsync(frames, "-Y", Complaints));
        string[] lines = (await DecodeAsync(
            frames, "-T", "fields", "-E", "separator=|",
            "-e", "_ws.col.Protocol", "-e", "ip.checksum.status", "-e", "vrrp.version", "-e", "vrrp.virt_rtr_id", "-e", "vrrp.prio",
            "-e", "vrrp.checksum.status", "-e", "arp.isgratuitous", "-e", "icmpv6.type", "-e", "icmpv6.checksum.status"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "VRRP|1|2|41|200|1|||",
                "VRRP|1|2|41|200|1|||",
                "VRRP|1|3|41|100|1|||",
                "VRRP|1|3|41|0|1|||",
                "VRRP||3|45|100|1|||",
                "ARP||||||1||",
                "ICMPv6|||||||136|1",
                "ICMPv6|||||||135|1",
            ],
            lines);
    }

    [Fact]
    [Trait("Lane", "Interop")]
    public async Task Tshark_does_complain_about_each_of_them_with_a_wrong_checksum()
    {
        byte[][] frames = MakeFrames();
        Assert.Equal("", await DecodeAsync([frames[0]], "-Y", Complaints));
        foreach (byte[] frame in frames.Where(frame => frame.Length > ArpFrame.Length))
        {
            frame[^1] ^= 1;
            Assert.NotEqual("", await DecodeAsync([frame], "-Y", Complaints));
        }
    }

    private static async Task<string> DecodeAsync(byte[][] frames, params string[] arguments)
    {
        string? tshark = Find("tshark");
        Assert.SkipWhen(tshark is null, "tshark is not installed; it comes with Debian's package 'tshark'.");
        var directory = Directory.CreateTempSubdirectory("vrrpps-tshark-");
        try
        {
            string file = Path.Combine(directory.FullName, "ours.pcap");
            await File.WriteAllBytesAsync(file, Pcap(frames), TestContext.Current.CancellationToken);
            return await RunAsync(tshark, ["-r", file, "-o", "ip.check_checksum:TRUE", .. arguments]);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static byte[][] MakeFrames()
    {
        Assert.True(AuthenticationData.TryCreate("s3cret", out var password));
        var v2 = new AdvertisementFrameOptions
        {
            Header = new AdvertisementHeader(VrrpVersion.V2, 41, 200, Interval.OneSecond),
            Source = Samples.Router,
            SourceMac = Samples.Mac,
        };
        var v3 = v2 with { Header = new AdvertisementHeader(VrrpVersion.V3, 41, 100, new Interval(25)) };
        var v6 = v3 with { Source = Samples.Router6, Header = v3.Header with { VirtualRouterId = 45 } };
        var withPassword = v2 with
        {
            Header = v2.Header with { AuthenticationType = AuthenticationType.SimpleText, AuthenticationData = password },
        };
        var leaving = AdvertisementFrameTests.Create(v3, Samples.Virtual);
        leaving.SetPriority(0);
        byte[] arp = new byte[ArpFrame.Length];
        ArpFrame.WriteAnnouncement(arp, Samples.Mac, Samples.Virtual);
        byte[] advertisement = new byte[NeighborAdvertisementFrame.Length];
        NeighborAdvertisementFrame.WriteUnsolicited(advertisement, Samples.Mac, Samples.Virtual6, Samples.Router6, isRouter: true);
        byte[] probe = new byte[NeighborSolicitationFrame.Length];
        int probeLength = NeighborSolicitationFrame.Write(probe, Samples.Mac, InetAddress.Parse("::"), Samples.Global6);
        return
        [
            AdvertisementFrameTests.Create(v2, Samples.Virtual).Frame.ToArray(),
            AdvertisementFrameTests.Create(withPassword, Samples.Virtual).Frame.ToArray(),
            AdvertisementFrameTests.Create(v3, Samples.Virtual).Frame.ToArray(),
            leaving.Frame.ToArray(),
            AdvertisementFrameTests.Create(v6, Samples.Virtual6, Samples.Global6).Frame.ToArray(),
            arp,
            advertisement,
            probe[..probeLength],
        ];
    }

    /// <summary>A classic capture file, link type Ethernet.</summary>
    private static byte[] Pcap(byte[][] frames)
    {
        using var file = new MemoryStream();
        Write(file, 0xA1B2C3D4, 0x0004_0002, 0, 0, 65535, 1);
        foreach (byte[] frame in frames)
        {
            Write(file, 0, 0, (uint)frame.Length, (uint)frame.Length);
            file.Write(frame);
        }

        return file.ToArray();

        static void Write(Stream stream, params uint[] words)
        {
            Span<byte> bytes = stackalloc byte[4];
            foreach (uint word in words)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
                stream.Write(bytes);
            }
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(TimeSpan.FromSeconds(60));
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var error = process.StandardError.ReadToEndAsync(bound.Token);
        string output = await process.StandardOutput.ReadToEndAsync(bound.Token);
        await process.WaitForExitAsync(bound.Token);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await error}");
        return output;
    }

    private static string? Find(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
}
