using VrrpPS.Engine.Watch.Capture;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Watch;

/// <summary>From captured bytes to a judged <see cref="VrrpAdvert"/>; the same for live interfaces and files.</summary>
internal sealed class AdvertPipeline(AdvertWatchOptions options, PcapWriter? writer)
{
    private readonly AdvertAnalyzer _analyzer = new(options.ExpectedVirtualRouterIds);
    private readonly AdvertChanges _changes = new();

    /// <summary>Takes a captured packet.</summary>
    /// <param name="packet">The packet. Its time is what is shown and written.</param>
    /// <param name="time">When it came on a clock that does not jump.</param>
    /// <returns>The advertisement, or null when it is none, or not one of those asked for.</returns>
    public VrrpAdvert? Process(in CapturePacket packet, Instant time)
    {
        if (!LinkLayer.TryRead(packet.LinkType, packet.Data.Span, out var link))
        {
            return null;
        }

        link = packet.VlanId is null ? link : link with { VlanId = packet.VlanId };
        string name = packet.InterfaceName.Length == 0 || (packet.InterfaceName == "any" && link.InterfaceIndex is not null)
            ? link.InterfaceIndex is { } index ? $"if{index}" : string.Empty
            : packet.InterfaceName;
        if (!options.MatchesInterface(name))
        {
            return null;
        }

        var direction = packet.Direction == AdvertDirection.Unknown ? link.Direction : packet.Direction;
        var heard = AdvertDecoder.Decode(packet.Data.Span, link, packet.OriginalLength, time, name, direction);
        if (heard is null || (heard.VirtualRouterId is { } vrid && !options.MatchesVirtualRouterId(vrid)))
        {
            return null;
        }

        writer?.WriteFrame(packet.UnixNanoseconds, EthernetRewriter.ToEthernet(packet, link));
        return Compose(heard, packet.UnixNanoseconds, _analyzer.Observe(heard));
    }

    private VrrpAdvert Compose(AdvertObservation heard, long unixNanoseconds, IReadOnlyList<AdvertProblem> problems) => new()
    {
        Timestamp = DateTimeOffset.UnixEpoch.AddTicks(unixNanoseconds / 100),
        Direction = heard.Direction,
        InterfaceName = heard.InterfaceName,
        NetworkNamespace = options.NetworkNamespace,
        VlanId = heard.VlanId,
        AddressFamily = heard.Source.Family,
        SourceMacAddress = heard.SourceMac?.ToString(),
        SourceAddress = heard.Source.ToString(),
        DestinationAddress = heard.Destination.ToString(),
        TimeToLive = heard.TimeToLive,
        Version = heard.Version,
        VirtualRouterId = heard.VirtualRouterId,
        Priority = heard.Priority,
        AdvertisementInterval = heard.Interval?.ToTimeSpan(),
        VirtualIPAddress = heard.Addresses.Select(static address => address.ToString()).ToVrrpList(),
        AuthenticationType = heard.Authentication,
        ChecksumStyle = heard.ChecksumStyle switch
        {
            ObservedChecksumStyle.PseudoHeader => ChecksumStyle.PseudoHeader,
            ObservedChecksumStyle.Rfc9568 => ChecksumStyle.Rfc9568,
            ObservedChecksumStyle.Either => ChecksumStyle.Both,
            _ => null,
        },
        ChecksumValid = heard.ChecksumValid,
        Problem = problems.Select(static problem => problem.Text).ToVrrpList(),
        ProblemCode = problems.Select(static problem => problem.Code).ToVrrpList(),
        Change = _changes.Observe(heard).ToVrrpList(),
    };
}
