using System.Buffers.Binary;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Watch.Capture;

/// <summary>
/// Reads a capture file packet by packet with a fixed amount of memory. The file is taken as hostile: damage ends the
/// reading with a <see cref="VrrpException"/> (<see cref="ErrorIds.CaptureUnreadable"/>) that names the file and the byte,
/// after all packets before it were delivered.
/// </summary>
public abstract class CaptureReader : IDisposable
{
    /// <summary>The longest packet that is believed, as in libpcap.</summary>
    public const int MaxPacketLength = 262_144;

    private bool _ended;

    private protected CaptureReader(CaptureSource source) => Source = source;

    private protected CaptureSource Source { get; }

    /// <summary>Opens a file of any supported format.</summary>
    /// <exception cref="VrrpException">It does not exist, may not be read, or is no capture file.</exception>
    public static CaptureReader Open(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 65536, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw VrrpErrors.CaptureNotOpened(path, e);
        }

        try
        {
            return Open(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads from a stream, which the reader then owns; the format is told from its first bytes.</summary>
    /// <param name="stream">Need not seek.</param>
    /// <param name="name">The name for error messages.</param>
    /// <exception cref="VrrpException">It is no capture file.</exception>
    public static CaptureReader Open(Stream stream, string name)
    {
        var source = new CaptureSource(stream, name);
        Span<byte> magic = stackalloc byte[4];
        int read = source.Fill(magic);
        if (read == 0)
        {
            throw source.Damaged(0, "the file is empty");
        }

        if (read < magic.Length)
        {
            throw source.Damaged(0, "the file is too short for any capture format");
        }

        uint value = BinaryPrimitives.ReadUInt32LittleEndian(magic);
        return value switch
        {
            PcapReader.MagicMicroseconds => new PcapReader(source, bigEndian: false, nanoseconds: false),
            PcapReader.MagicNanoseconds => new PcapReader(source, bigEndian: false, nanoseconds: true),
            _ when BinaryPrimitives.ReverseEndianness(value) == PcapReader.MagicMicroseconds => new PcapReader(source, bigEndian: true, nanoseconds: false),
            _ when BinaryPrimitives.ReverseEndianness(value) == PcapReader.MagicNanoseconds => new PcapReader(source, bigEndian: true, nanoseconds: true),
            PcapngBlock.SectionHeader => new PcapngReader(source),
            _ when (value & 0xFFFF) == 0x8B1F => throw source.Damaged(0, "it is compressed with gzip; decompress it first"),
            _ => throw source.Damaged(0, $"the first bytes {Convert.ToHexStringLower(magic)} are those of neither pcap nor pcapng"),
        };
    }

    /// <summary>Reads the next packet whose link type is understood.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="VrrpException">The file is damaged here. Later calls return false.</exception>
    public bool TryRead(out CapturePacket packet)
    {
        packet = default;
        if (_ended)
        {
            return false;
        }

        // Whatever ends the reading - the end of the file or an exception - ends it for good.
        _ended = true;
        bool more = ReadNext(out packet);
        _ended = !more;
        return more;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract bool ReadNext(out CapturePacket packet);

    /// <summary>Closes the file.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Source.Dispose();
        }
    }

    private protected static bool IsSupported(int linkType) => (CaptureLinkType)linkType is CaptureLinkType.Ethernet
        or CaptureLinkType.RawIP or CaptureLinkType.RawIPBsd or CaptureLinkType.RawIPOpenBsd or CaptureLinkType.RawIPv4
        or CaptureLinkType.RawIPv6 or CaptureLinkType.LinuxSll or CaptureLinkType.LinuxSll2;

    private protected VrrpException UnsupportedLinkType(long offset, int linkType) => Source.Damaged(
        offset,
        $"link type {linkType} is not one that carries VRRP here (Ethernet, Linux cooked and raw IP do)");
}
