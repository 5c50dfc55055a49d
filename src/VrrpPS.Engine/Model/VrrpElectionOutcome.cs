namespace VrrpPS;

/// <summary>
/// Who is Master of a virtual router in one failure, as the election itself decides it: a finding, so that it stands in the
/// same table as the others.
/// </summary>
public sealed record VrrpElectionOutcome : VrrpFinding
{
    /// <summary>The virtual router, 1..255.</summary>
    public required int VirtualRouterId { get; init; }

    /// <summary>IPv4 or IPv6.</summary>
    public required Protocol.AddressFamily AddressFamily { get; init; }

    /// <summary>What fails; empty when nothing does.</summary>
    public required string Failure { get; init; }

    /// <summary>Who is Master before it fails. Several names: they are Master at the same time.</summary>
    public required VrrpList<string> MasterBefore { get; init; }

    /// <summary>Who is Master once it has failed; empty means nobody.</summary>
    public required VrrpList<string> Master { get; init; }

    /// <summary>Who is Master once it has come back.</summary>
    public required VrrpList<string> MasterAfterwards { get; init; }

    /// <summary>How long nobody serves the addresses when it fails right after an advertisement, which is the longest it can take; null when nobody becomes Master.</summary>
    public TimeSpan? Outage { get; init; }

    /// <summary><see cref="Outage"/> in seconds.</summary>
    public double? OutageSeconds => Outage?.TotalSeconds;

    /// <inheritdoc/>
    public override string ToString() => Message;
}
