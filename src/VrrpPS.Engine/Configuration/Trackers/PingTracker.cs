using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>Sends one ICMP echo request (RFC 792, RFC 4443 section 4) and waits for its reply.</summary>
public sealed record PingTracker : TrackerConfiguration
{
    /// <summary>The address; a link-local one is looked for on the instance's interface.</summary>
    public required InetAddress Address { get; init; }

    /// <inheritdoc/>
    public override TrackerKind Kind => TrackerKind.Ping;

    /// <inheritdoc/>
    public override string Target => Address.ToString();
}
