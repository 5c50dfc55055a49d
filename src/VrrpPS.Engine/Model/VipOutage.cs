namespace VrrpPS;

/// <summary>A time in which a virtual address answered none of the probes, one after the other.</summary>
public sealed record VipOutage
{
    /// <summary>The address.</summary>
    public required string VirtualIPAddress { get; init; }

    /// <summary>When the first probe left that nobody answered.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When it answered again, to the accuracy of the interval; null while it does not.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>From the first probe that was lost to the last, and one interval.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary><see cref="Duration"/> in seconds.</summary>
    public double DurationSeconds => Duration.TotalSeconds;

    /// <summary>
    /// How much longer it may have been: from the last answered probe before it to the first behind it there was that much more time.
    /// About one interval; more where this process itself was too late to ask.
    /// </summary>
    public required TimeSpan Uncertainty { get; init; }

    /// <summary><see cref="Uncertainty"/> in seconds.</summary>
    public double UncertaintySeconds => Uncertainty.TotalSeconds;

    /// <summary>How many probes were lost.</summary>
    public required long Lost { get; init; }

    /// <summary>What the probes met: no answer, a refused connection, an HTTP status, the kernel's words.</summary>
    public required string Symptom { get; init; }

    /// <summary>Who had answered before: the router where its advertisements are heard, else the MAC address; null when nobody had.</summary>
    public string? MasterBefore { get; init; }

    /// <summary>Who answers afterwards; null when nobody does yet, or it cannot be seen.</summary>
    public string? MasterAfter { get; init; }

    /// <summary>The hardware address that had answered before; null when it is not known, or this host had the address itself.</summary>
    public string? MacAddressBefore { get; init; }

    /// <summary>The hardware address that answers afterwards.</summary>
    public string? MacAddressAfter { get; init; }

    /// <summary>When the address was first announced during it (gratuitous ARP or neighbour advertisement); null when nobody did, or it cannot be seen.</summary>
    public DateTimeOffset? Announced { get; init; }

    /// <summary>Whether it had not ended when this was said.</summary>
    public bool IsOngoing => End is null;

    /// <summary>The named network namespace it was measured from; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary><c>3.22 s from 20:01:02.123, 322 lost, 10.0.0.1 -> 10.0.0.2</c>.</summary>
    public override string ToString()
        => FormattableString.Invariant($"{Duration.TotalSeconds:0.###} s from {Start:HH:mm:ss.fff}, {Lost} lost, {MasterBefore ?? "?"} -> {(IsOngoing ? "nobody yet" : MasterAfter ?? "?")}");
}
