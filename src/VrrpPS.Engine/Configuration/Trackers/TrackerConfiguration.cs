namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>
/// One health check of an instance: what it looks at, how often, and what follows. Weight 0 (the default) means that the instance
/// is in Fault while the check fails; any other weight changes its priority.
/// </summary>
public abstract record TrackerConfiguration
{
    /// <summary>The least and the most of <see cref="Weight"/>.</summary>
    public const int MaxWeight = 254;

    /// <summary>The tracker's name, unique within its instance.</summary>
    public required string Name { get; init; }

    /// <summary>How often it looks. 100 ms..1 h.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one look may take before it counts as failed; as long as the interval by default. 10 ms..1 h.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many successes in a row make it Up again. 1..1000. The first look of all decides alone.</summary>
    public int Rise { get; init; } = 1;

    /// <summary>How many failures in a row make it Down. 1..1000.</summary>
    public int Fall { get; init; } = 1;

    /// <summary>
    /// 0: Fault while Down. Positive: added to the priority while Up. Negative: its amount is subtracted while Down. -254..254.
    /// </summary>
    public int Weight { get; init; }

    /// <summary>Turns the direction of the weight round; with weight 0 the instance is in Fault while the tracker is Up.</summary>
    public bool Reverse { get; init; }

    /// <summary>What is assumed until the first look has ended; Unknown holds the instance back until then.</summary>
    public TrackerStatus InitialState { get; init; }

    /// <summary>What it looks at.</summary>
    public abstract TrackerKind Kind { get; }

    /// <summary>What exactly, as text.</summary>
    public abstract string Target { get; }

    /// <summary>How long one look may take.</summary>
    public TimeSpan EffectiveTimeout => Timeout ?? Interval;

    /// <summary>Whether another tracker would look at the same thing in the same way, whatever follows from it.</summary>
    public bool LooksLike(TrackerConfiguration other)
        => (Weight == 0) == (other.Weight == 0)
            && this with { Weight = 0, Reverse = false, InitialState = default } == other with { Weight = 0, Reverse = false, InitialState = default };

    /// <summary><c>node-port (Tcp 127.0.0.1:32463)</c>, with its weight when it has one.</summary>
    public sealed override string ToString()
        => Weight == 0 && !Reverse ? $"{Name} ({Kind} {Target})" : $"{Name} ({Kind} {Target}, weight {Weight}{(Reverse ? " reverse" : string.Empty)})";
}
