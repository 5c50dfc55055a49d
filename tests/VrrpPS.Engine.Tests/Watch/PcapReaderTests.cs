using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Watch.Capture;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

public sealed class PcapReaderTests
{
    private static readonly byte[] s_data = [.. Enumerable.Range(0, 61).Select(static i => (byte)i)];

    [Theory]
    [InlineData(false, false, 1_000_000_005_000L)]
    [InlineData(true, false, 1_000_000_005_000L)]
    [InlineData(false, true, 1_000_000_000_005L)]
    [InlineData(true, true, 1_000_000_000_005L)]
    public void Both_byte_orders_and_both_units_are_read(bool bigEndian, bool nanoseconds, long time)
    {
        byte[] file = new CaptureBytes(bigEndian).PcapHeader(nanoseconds).PcapRecord(1000, 5, s_data).PcapRecord(1001, 0, [1]).ToArray();

        var packets = CaptureFiles.ReadAll(file);

        Assert.Equal(2, packets.Count);
        Assert.Equal(time, packets[0].UnixNanoseconds);
        Assert.Equal(CaptureLinkType.Ethernet, packets[0].LinkType);
        Assert.Equal(s_data, packets[0].Data.ToArray());
        Assert.Equal(AdvertDirection.Unknown, packets[0].Direction);
        Assert.Equal(new byte[] { 1 }, packets[1].Data.ToArray());
    }

    [Fact]
    public void Flags_in_the_upper_half_of_the_link_type_do_not_hide_it()
    {
        byte[] file = new CaptureBytes(false).PcapHeader(false, linkType: 0x1400_0001).PcapRecord(1, 0, s_data).ToArray();

        Assert.Single(CaptureFiles.ReadAll(file));
    }

    [Fact]
    public void A_truncated_packet_is_reported_after_the_whole_ones()
    {
        byte[] file = new CaptureBytes(false).PcapHeader(false).PcapRecord(1, 0, s_data).PcapRecord(2, 0, s_data).ToArray();

        var (packets, error) = CaptureFiles.ReadUntilDamage(file[..^1], "cut.pcap");

        Assert.Single(packets);
        Assert.Equal(ErrorIds.CaptureUnreadable, error?.ErrorId);
        Assert.Contains("'cut.pcap'", error!.Message, StringComparison.Ordinal);
        Assert.Contains($"byte {24 + 16 + 61 + 16}:", error.Message, StringComparison.Ordinal);
        Assert.Contains("61 bytes are announced, 60 are there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_packet_header_is_reported()
    {
        byte[] file = [.. new CaptureBytes(false).PcapHeader(false).PcapRecord(1, 0, s_data).ToArray(), 1, 2, 3];

        var (packets, error) = CaptureFiles.ReadUntilDamage(file);

        Assert.Single(packets);
        Assert.Contains("within a packet header", error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(262_145U)]
    [InlineData(uint.MaxValue)]
    public void An_absurd_length_is_refused_without_memory(uint length)
    {
        byte[] file = new CaptureBytes(false).PcapHeader(false).PcapRecord(1, 0, s_data, length).ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();

        var (_, error) = CaptureFiles.ReadUntilDamage(file);

        Assert.Contains($"{length} bytes is announced", error!.Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Fact]
    public void The_longest_possible_packet_is_read()
    {
        byte[] file = new CaptureBytes(false).PcapHeader(false).PcapRecord(1, 0, new byte[CaptureReader.MaxPacketLength]).ToArray();

        Assert.Equal(CaptureReader.MaxPacketLength, CaptureFiles.ReadAll(file).Single().Data.Length);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("d4c3", "too short")]
    [InlineData("d4c3b2a1020004", "within the file header")]
    [InlineData("68656c6c6f20776f726c64", "neither pcap nor pcapng")]
    [InlineData("1f8b0800", "compressed with gzip")]
    public void What_is_no_capture_is_refused_by_name(string hex, string reason)
    {
        var (packets, error) = CaptureFiles.ReadUntilDamage(Convert.FromHexString(hex));

        Assert.Empty(packets);
        Assert.Equal(ErrorIds.CaptureUnreadable, error?.ErrorId);
        Assert.Contains(reason, error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_version_or_link_type_is_refused_by_name()
    {
        var version = CaptureFiles.ReadUntilDamage(new CaptureBytes(false).PcapHeader(false, major: 3).ToArray()).Error;
        var link = CaptureFiles.ReadUntilDamage(new CaptureBytes(false).PcapHeader(false, linkType: 105).ToArray()).Error;

        Assert.Contains("version 3", version!.Message, StringComparison.Ordinal);
        Assert.Contains("link type 105", link!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_exist_or_is_a_folder_is_refused_by_name()
    {
        string missing = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        Assert.Contains(missing, Assert.Throws<VrrpException>(() => CaptureReader.Open(missing)).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.CaptureUnreadable, Assert.Throws<VrrpException>(() => CaptureReader.Open(Path.GetTempPath())).ErrorId);
    }
}
