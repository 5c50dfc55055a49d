using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Watch;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

public sealed class AdvertFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vrrpps-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_version_3_advertisement_has_all_its_properties()
    {
        var advert = Assert.Single(Read(Pcap(AdvertPacket.Frame())));

        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1000), advert.Timestamp);
        Assert.Equal(AdvertDirection.Unknown, advert.Direction);
        Assert.Equal("02:00:00:00:00:0a", advert.SourceMacAddress);
        Assert.Equal("10.0.0.1", advert.SourceAddress);
        Assert.Equal("224.0.0.18", advert.DestinationAddress);
        Assert.Equal(AddressFamily.IPv4, advert.AddressFamily);
        Assert.Equal(255, advert.TimeToLive);
        Assert.Equal(3, advert.Version);
        Assert.Equal(51, advert.VirtualRouterId);
        Assert.Equal(100, advert.Priority);
        Assert.Equal(1.0, advert.AdvertisementIntervalSeconds);
        Assert.Equal(["10.0.0.100"], advert.VirtualIPAddress);
        Assert.Equal(ChecksumStyle.PseudoHeader, advert.ChecksumStyle);
        Assert.True(advert.ChecksumValid);
        Assert.Empty(advert.Problem);
        Assert.Equal("10.0.0.1 > 224.0.0.18 VRRPv3 vrid 51 prio 100", advert.ToString());
    }

    [Fact]
    public void Version_2_and_version_6_of_the_internet_protocol_are_read()
    {
        var adverts = Read(Pcap(AdvertPacket.Frame(VrrpVersion.V2), AdvertPacket.Frame(source: "fe80::1")));

        Assert.Equal(2, adverts[0].Version);
        Assert.Null(adverts[0].ChecksumStyle);
        Assert.Equal("ff02::12", adverts[1].DestinationAddress);
        Assert.Equal(["fe80::100"], adverts[1].VirtualIPAddress);
        Assert.All(adverts, static advert => Assert.Empty(advert.Problem));
    }

    [Fact]
    public void Both_checksum_styles_are_told_apart_and_their_mix_is_named()
    {
        var adverts = Read(Pcap(
            AdvertPacket.Frame(),
            AdvertPacket.Frame(source: "10.0.0.2", style: ChecksumStyle.Rfc9568, priority: 200)));

        Assert.Equal(ChecksumStyle.Rfc9568, adverts[1].ChecksumStyle);
        Assert.Equal([AdvertProblemCode.ChecksumStyleMismatch], adverts[1].ProblemCode);
    }

    public static TheoryData<string, AdvertProblemCode, string> Wrongs() => new()
    {
        { "ttl", AdvertProblemCode.TimeToLive, "TTL of 10.0.0.1 is 64 instead of 255" },
        { "checksum", AdvertProblemCode.BadChecksum, "with the pseudo-header and without it" },
        { "type", AdvertProblemCode.Malformed, "the VRRP type is not 1" },
        { "version", AdvertProblemCode.Malformed, "the VRRP version is neither 2 nor 3" },
        { "count", AdvertProblemCode.Malformed, "too short for what it declares" },
        { "fragment", AdvertProblemCode.Malformed, "fragment" },
        { "cut", AdvertProblemCode.Malformed, "the IP length does not fit" },
    };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void A_wrong_packet_is_shown_with_what_is_wrong(string kind, AdvertProblemCode code, string text)
    {
        byte[] frame = AdvertPacket.Frame();
        frame = kind switch
        {
            "ttl" => frame.With(AdvertPacket.IPOffset + 8, 64),
            "checksum" => frame.With(AdvertPacket.MessageOffset + 6, 0xAA),
            "type" => frame.With(AdvertPacket.MessageOffset, 0x32),
            "version" => frame.With(AdvertPacket.MessageOffset, 0x41),
            "count" => frame.With(AdvertPacket.MessageOffset + 3, 9),
            "fragment" => frame.With(AdvertPacket.IPOffset + 7, 8),
            _ => frame[..^2],
        };

        var advert = Assert.Single(Read(Pcap(frame)));

        Assert.Contains(code, advert.ProblemCode);
        Assert.Contains(advert.Problem, problem => problem.Contains(text, StringComparison.Ordinal));
        Assert.Equal(advert.Problem.Count, advert.ProblemCode.Count);
    }

    [Fact]
    public void A_packet_that_the_capture_cut_is_not_blamed_on_the_sender()
    {
        byte[] frame = AdvertPacket.Frame();
        byte[] file = new CaptureBytes(false).PcapHeader(false)
            .U32(1).U32(0).U32(40).U32((uint)frame.Length).Raw(frame.AsSpan(0, 40)).ToArray();

        var advert = Assert.Single(Read(file));

        Assert.Contains($"the capture kept only 40 of its {frame.Length} bytes", advert.Problem.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_traffic_and_filtered_VRIDs_are_left_out()
    {
        byte[] udp = AdvertPacket.Frame().With(AdvertPacket.IPOffset + 9, 17);
        byte[] file = Pcap(udp, new byte[60], AdvertPacket.Frame(vrid: 7), AdvertPacket.Frame());

        Assert.Equal([7, 51], Read(file).Select(static a => a.VirtualRouterId!.Value));
        Assert.Equal([7], Read(file, new AdvertWatchOptions { VirtualRouterIds = [7] }).Select(static a => a.VirtualRouterId!.Value));
    }

    [Fact]
    public void Interfaces_of_a_pcapng_file_are_filtered_by_wildcards()
    {
        byte[] file = new CaptureBytes(false).Section().Interface(1, "eth0").Interface(1, "br-lan")
            .Enhanced(0, 0, AdvertPacket.Frame(), flags: 2).Enhanced(1, 0, AdvertPacket.Frame(), flags: 1).ToArray();

        Assert.Equal(["br-lan"], Read(file, new AdvertWatchOptions { InterfaceNames = ["x*", "br-*"] }).Select(static a => a.InterfaceName));
        Assert.Equal([AdvertDirection.Sent, AdvertDirection.Received], Read(file).Select(static a => a.Direction));
    }

    [Fact]
    public void What_is_shown_is_written_and_reads_the_same()
    {
        string path = Write("in.pcap", Pcap(AdvertPacket.Frame(vrid: 7), AdvertPacket.Frame()));
        string copy = Path.Combine(_folder, "out.pcap");

        var shown = AdvertFile.Read(path, new AdvertWatchOptions { VirtualRouterIds = [51], OutFile = copy }, TestContext.Current.CancellationToken).ToList();
        var again = AdvertFile.Read(copy, new AdvertWatchOptions(), TestContext.Current.CancellationToken).ToList();

        Assert.Single(shown);
        Assert.Equal(shown, again);
    }

    [Fact]
    public void A_cooked_capture_becomes_an_Ethernet_one()
    {
        byte[] frame = AdvertPacket.Frame();
        byte[] sll2 = [0x08, 0, 0, 0, 0, 0, 0, 3, 0, 1, 2, 6, 2, 0, 0, 0, 0, 0x0A, 0, 0, .. frame.AsSpan(14)];
        string path = Write("in.pcap", new CaptureBytes(false).PcapHeader(false, 276).PcapRecord(1000, 0, sll2).ToArray());
        string copy = Path.Combine(_folder, "out.pcap");

        var shown = Assert.Single(AdvertFile.Read(path, new AdvertWatchOptions { OutFile = copy }, TestContext.Current.CancellationToken));
        byte[] written = File.ReadAllBytes(copy);

        Assert.Equal("if3", shown.InterfaceName);
        Assert.Equal(AdvertDirection.Received, shown.Direction);
        Assert.Equal(frame, written[40..]);
    }

    [Fact]
    public void The_file_that_is_read_is_never_overwritten()
    {
        string path = Write("in.pcap", Pcap(AdvertPacket.Frame()));

        var error = Assert.Throws<VrrpException>(() => AdvertFile.Read(path, new AdvertWatchOptions { OutFile = path }, TestContext.Current.CancellationToken).ToList());

        Assert.Contains("the file that is being read", error.Message, StringComparison.Ordinal);
        Assert.Single(Read(File.ReadAllBytes(path)));
    }

    [Fact]
    public void Damage_comes_after_the_advertisements_before_it()
    {
        byte[] file = Pcap(AdvertPacket.Frame(), AdvertPacket.Frame());
        var seen = new List<VrrpAdvert>();

        var error = Assert.Throws<VrrpException>(() => seen.AddRange(Yield(file[..^3], seen)));

        Assert.Single(seen);
        Assert.Equal(ErrorIds.CaptureUnreadable, error.ErrorId);
    }

    [Fact]
    public void Mutated_packets_are_always_shown_or_left_out()
    {
        var random = new Random(11);
        byte[][] corpus = [AdvertPacket.Frame(), AdvertPacket.Frame(VrrpVersion.V2), AdvertPacket.Frame(source: "fe80::1"), AdvertPacket.Frame(addresses: [.. Enumerable.Range(1, 40).Select(static i => $"10.0.1.{i}")])];
        var file = new CaptureBytes(false).PcapHeader(true);
        const int count = 50_000;
        for (int i = 0; i < count; i++)
        {
            byte[] frame = [.. corpus[random.Next(corpus.Length)]];
            for (int edits = random.Next(4); edits > 0; edits--)
            {
                frame[random.Next(12, frame.Length)] = (byte)random.Next(256);
            }

            _ = file.PcapRecord((uint)i, 0, random.Next(5) == 0 ? frame[..random.Next(frame.Length)] : frame);
        }

        var adverts = Read(file.ToArray());

        Assert.InRange(adverts.Count, count / 2, count);
        Assert.Contains(adverts, static advert => advert.Problem.Count == 0);
        Assert.All(adverts, static advert => Assert.Equal(advert.Problem.Count, advert.ProblemCode.Count));
    }

    private static byte[] Pcap(params byte[][] frames)
    {
        var file = new CaptureBytes(false).PcapHeader(nanoseconds: false);
        foreach (byte[] frame in frames)
        {
            _ = file.PcapRecord(1000, 0, frame);
        }

        return file.ToArray();
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private List<VrrpAdvert> Read(byte[] content, AdvertWatchOptions? options = null)
        => [.. AdvertFile.Read(Write("file.pcap", content), options ?? new AdvertWatchOptions(), TestContext.Current.CancellationToken)];

    private IEnumerable<VrrpAdvert> Yield(byte[] content, List<VrrpAdvert> seen)
    {
        foreach (var advert in AdvertFile.Read(Write("file.pcap", content), new AdvertWatchOptions(), TestContext.Current.CancellationToken))
        {
            seen.Add(advert);
        }

        yield break;
    }
}
