using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Watch.Capture;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

public sealed class PcapngReaderTests
{
    private static readonly byte[] s_data = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_byte_orders_are_read_with_names_and_directions(bool bigEndian)
    {
        byte[] file = new CaptureBytes(bigEndian).Section()
            .Interface(1, "eth0").Interface(276, "any")
            .Enhanced(0, 1_000_005, s_data, flags: 2)
            .Enhanced(1, 2_000_000, [9])
            .Enhanced(0, 3_000_000, s_data, flags: 1)
            .ToArray();

        var packets = CaptureFiles.ReadAll(file);

        Assert.Equal(["eth0", "any", "eth0"], packets.Select(static p => p.InterfaceName));
        Assert.Equal([CaptureLinkType.Ethernet, CaptureLinkType.LinuxSll2, CaptureLinkType.Ethernet], packets.Select(static p => p.LinkType));
        Assert.Equal([AdvertDirection.Sent, AdvertDirection.Unknown, AdvertDirection.Received], packets.Select(static p => p.Direction));
        Assert.Equal(1_000_005_000L, packets[0].UnixNanoseconds);
        Assert.Equal(s_data, packets[0].Data.ToArray());
    }

    [Theory]
    [InlineData(null, 7UL, 7_000L)]
    [InlineData((byte)9, 7UL, 7L)]
    [InlineData((byte)0, 7UL, 7_000_000_000L)]
    [InlineData((byte)12, 7_000UL, 7L)]
    [InlineData((byte)0x7F, ulong.MaxValue, 0L)]
    [InlineData((byte)0x8A, 1536UL, 1_500_000_000L)]
    [InlineData((byte)0xFF, ulong.MaxValue, 0L)]
    [InlineData((byte)0, ulong.MaxValue, long.MaxValue)]
    public void Every_time_resolution_is_converted(byte? resolution, ulong time, long nanoseconds)
    {
        byte[] file = new CaptureBytes(false).Section().Interface(1, resolution: resolution).Enhanced(0, time, s_data).ToArray();

        Assert.Equal(nanoseconds, CaptureFiles.ReadAll(file).Single().UnixNanoseconds);
    }

    [Theory]
    [InlineData(3600, 3_601_000_000_000L)]
    [InlineData(-3600, 0L)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(long.MinValue, 0L)]
    public void A_time_offset_is_added(long offset, long nanoseconds)
    {
        byte[] file = new CaptureBytes(false).Section().Interface(1, offset: offset).Enhanced(0, 1_000_000, s_data).ToArray();

        Assert.Equal(nanoseconds, CaptureFiles.ReadAll(file).Single().UnixNanoseconds);
    }

    [Fact]
    public void Sections_of_different_byte_orders_have_their_own_interfaces()
    {
        byte[] file =
        [
            .. new CaptureBytes(false).Section().Interface(1, "a").Enhanced(0, 1, s_data).ToArray(),
            .. new CaptureBytes(true).Section().Interface(101, "b").Enhanced(0, 2, [0x45]).ToArray(),
        ];

        var packets = CaptureFiles.ReadAll(file);

        Assert.Equal(["a", "b"], packets.Select(static p => p.InterfaceName));
        Assert.Equal(CaptureLinkType.RawIP, packets[1].LinkType);
    }

    [Fact]
    public void Simple_packets_keep_the_last_time_and_the_snap_length()
    {
        byte[] file = new CaptureBytes(false).Section().Interface(1, snap: 4).Enhanced(0, 5, s_data).Simple([1, 2, 3, 4], original: 60).ToArray();

        var packets = CaptureFiles.ReadAll(file);

        Assert.Equal(5000, packets[1].UnixNanoseconds);
        Assert.Equal(4, packets[1].Data.Length);
        Assert.Equal(60U, packets[1].OriginalLength);
    }

    [Fact]
    public void Unknown_blocks_and_foreign_link_types_are_passed_over()
    {
        byte[] file = new CaptureBytes(false).Section().Interface(1).Interface(105)
            .Block(0x0BAD, static b => b.Raw(new byte[100_000]))
            .Enhanced(1, 1, s_data).Enhanced(0, 2, s_data).ToArray();

        Assert.Equal(2000, CaptureFiles.ReadAll(file).Single().UnixNanoseconds);
    }

    [Fact]
    public void A_file_with_nothing_but_foreign_link_types_is_refused()
    {
        byte[] file = new CaptureBytes(false).Section().Interface(105).Enhanced(0, 1, s_data).ToArray();

        Assert.Contains("link type 105", CaptureFiles.ReadUntilDamage(file).Error!.Message, StringComparison.Ordinal);
        Assert.Empty(CaptureFiles.ReadAll(new CaptureBytes(false).Section().Interface(105).ToArray()));
    }

    [Fact]
    public void Control_characters_in_an_interface_name_reach_no_terminal()
    {
        byte[] file = new CaptureBytes(false).Section().Interface(1, "a\u001b[2Jb" + new string('x', 100)).Enhanced(0, 1, s_data).ToArray();

        string name = CaptureFiles.ReadAll(file).Single().InterfaceName;

        Assert.StartsWith("a?[2Jb", name, StringComparison.Ordinal);
        Assert.Equal(64, name.Length);
    }

    public static TheoryData<string, string> Damages() => new()
    {
        { "length 8", "a block of 8 bytes" },
        { "length 13", "a block of 13 bytes" },
        { "huge", "the file ends within a block" },
        { "trailer", "begins with length" },
        { "interface", "names interface 7" },
        { "packet length", "4294967295 bytes is announced" },
        { "short packet", "shorter than its fixed part" },
        { "no interface", "before any interface description" },
        { "version", "pcapng version 2" },
        { "byte order", "byte-order mark" },
        { "half a header", "within a block header" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damage_ends_the_reading_after_the_packets_before_it(string kind, string reason)
    {
        var file = new CaptureBytes(false).Section().Interface(1).Enhanced(0, 1, s_data);
        _ = kind switch
        {
            "length 8" => file.Block(6, static _ => { }, length: 8),
            "length 13" => file.Block(6, static b => b.Raw([0]), length: 13),
            "huge" => file.Block(99, static _ => { }, length: 0xFFFF_FFFC),
            "trailer" => file.Block(99, static _ => { }, trailer: 16),
            "interface" => file.Enhanced(7, 1, s_data),
            "packet length" => file.Enhanced(0, 1, s_data, length: uint.MaxValue),
            "short packet" => file.Block(6, static b => b.U32(0)),
            "no interface" => file.Section().Simple(s_data),
            "version" => file.Section(major: 2),
            "byte order" => file.Block(0x0A0D0D0A, static b => b.U32(0x01020304).U64(0).U64(0)),
            _ => file.Raw([6, 0]),
        };

        var (packets, error) = CaptureFiles.ReadUntilDamage(file.ToArray());

        Assert.Single(packets);
        Assert.Equal(ErrorIds.CaptureUnreadable, error?.ErrorId);
        Assert.Contains(reason, error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_interfaces_are_refused()
    {
        var file = new CaptureBytes(false).Section();
        for (int i = 0; i < 4097; i++)
        {
            _ = file.Interface(1);
        }

        Assert.Contains("more than 4096 interfaces", CaptureFiles.ReadUntilDamage(file.ToArray()).Error!.Message, StringComparison.Ordinal);
    }
}
