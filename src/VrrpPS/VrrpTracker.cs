using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS;

/// <summary>A health check, as PowerShell shows it; -Tracker of Start-, Set-VrrpInstance and New-VrrpConfiguration takes it.</summary>
public sealed class VrrpTracker
{
    internal VrrpTracker(TrackerConfiguration configuration) => Configuration = configuration;

    /// <summary>The tracker's name, unique within its instance.</summary>
    public string Name => Configuration.Name;

    /// <summary>What it looks at.</summary>
    public TrackerKind Kind => Configuration.Kind;

    /// <summary>What exactly: an interface, an end point, a URI, a command, a path.</summary>
    public string Target => Configuration.Target;

    /// <summary>How often it looks.</summary>
    public TimeSpan Interval => Configuration.Interval;

    /// <summary><see cref="Interval"/> in seconds.</summary>
    public double IntervalSeconds => Interval.TotalSeconds;

    /// <summary>How long one look may take before it counts as failed.</summary>
    public TimeSpan Timeout => Configuration.EffectiveTimeout;

    /// <summary><see cref="Timeout"/> in seconds.</summary>
    public double TimeoutSeconds => Timeout.TotalSeconds;

    /// <summary>How many successes in a row make it Up again.</summary>
    public int Rise => Configuration.Rise;

    /// <summary>How many failures in a row make it Down.</summary>
    public int Fall => Configuration.Fall;

    /// <summary>0: Fault while Down. Positive: added to the priority while Up. Negative: subtracted while Down.</summary>
    public int Weight => Configuration.Weight;

    /// <summary>Whether the direction of the weight is turned round.</summary>
    public bool Reverse => Configuration.Reverse;

    /// <summary>What is assumed until the first look has ended.</summary>
    public TrackerStatus InitialState => Configuration.InitialState;

    internal TrackerConfiguration Configuration { get; }

    /// <summary>The name with what it looks at.</summary>
    public override string ToString() => Configuration.ToString();
}
