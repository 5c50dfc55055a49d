namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>Connects to a TCP port and closes.</summary>
public sealed record TcpTracker : TrackerConfiguration
{
    /// <summary>An address or a host name.</summary>
    public required string Host { get; init; }

    /// <summary>The port, 1..65535.</summary>
    public required int Port { get; init; }

    /// <inheritdoc/>
    public override TrackerKind Kind => TrackerKind.Tcp;

    /// <inheritdoc/>
    public override string Target => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
