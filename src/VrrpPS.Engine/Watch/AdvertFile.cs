using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Watch.Capture;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Watch;

/// <summary>Advertisements out of a capture file, pcap or pcapng.</summary>
public static class AdvertFile
{
    /// <summary>Reads a file lazily, with a fixed amount of memory. Time is that of the capture.</summary>
    /// <param name="path">The capture file.</param>
    /// <param name="options">What to show; the network namespace means nothing here.</param>
    /// <param name="cancellationToken">Ends the enumeration without an error.</param>
    /// <exception cref="VrrpException">CaptureUnreadable, where the file is damaged: what stands before was yielded.</exception>
    public static IEnumerable<VrrpAdvert> Read(string path, AdvertWatchOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ReadAll(path, options with { NetworkNamespace = null }, cancellationToken);
    }

    private static IEnumerable<VrrpAdvert> ReadAll(string path, AdvertWatchOptions options, CancellationToken cancellationToken)
    {
        // Opened before the output is made: a wrong name must not cost the user an older file.
        using var reader = CaptureReader.Open(path);
        if (options.OutFile is not null && Path.GetFullPath(options.OutFile) == Path.GetFullPath(path))
        {
            throw VrrpErrors.CaptureNotWritten(path, new IOException("It is the file that is being read."));
        }

        using var writer = options.OutFile is null ? null : PcapWriter.Create(options.OutFile);
        var pipeline = new AdvertPipeline(options, writer);
        while (!cancellationToken.IsCancellationRequested && reader.TryRead(out var packet))
        {
            if (pipeline.Process(packet, new Instant(packet.UnixNanoseconds)) is { } advert)
            {
                yield return advert;
            }
        }
    }
}
