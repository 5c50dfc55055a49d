using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Watch.Capture;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

public sealed class PcapWriterTests
{
    [Fact]
    public void The_file_is_what_the_format_says()
    {
        var stream = new MemoryStream();
        using (var writer = new PcapWriter(stream, "out.pcap"))
        {
            writer.WriteFrame(1_700_000_000_123_456_789, [1, 2, 3]);
        }

        byte[] expected = new CaptureBytes(false).PcapHeader(nanoseconds: true).PcapRecord(1_700_000_000, 123_456_789, [1, 2, 3]).ToArray();
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(stream.ToArray()));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_refused_by_name()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "out.pcap");

        var error = Assert.Throws<VrrpException>(() => PcapWriter.Create(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }
}
