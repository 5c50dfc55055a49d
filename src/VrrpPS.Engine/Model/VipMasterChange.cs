namespace VrrpPS;

/// <summary>Another router began to answer for a virtual address, with or without an outage.</summary>
public sealed record VipMasterChange
{
    /// <summary>When the first answer of the new one came.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who had answered before: the router where its advertisements are heard, else the MAC address; null at the beginning.</summary>
    public string? MasterBefore { get; init; }

    /// <summary>Who answers from now on.</summary>
    public string? MasterAfter { get; init; }

    /// <summary>The hardware address that had answered before.</summary>
    public string? MacAddressBefore { get; init; }

    /// <summary>The hardware address that answers from now on.</summary>
    public string? MacAddressAfter { get; init; }

    /// <summary><c>20:01:02.123 10.0.0.1 -> 10.0.0.2</c>.</summary>
    public override string ToString()
        => FormattableString.Invariant($"{Time:HH:mm:ss.fff} {MasterBefore ?? "?"} -> {MasterAfter ?? "?"}");
}
