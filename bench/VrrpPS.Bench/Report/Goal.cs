using System.Globalization;

namespace VrrpPS.Bench.Report;

/// <summary>What is to be reached.</summary>
/// <param name="Kind">In what it is expressed.</param>
/// <param name="Value">The bound.</param>
internal readonly record struct Goal(GoalKind Kind, double Value)
{
    /// <summary>A figure that does not grow with the machine.</summary>
    public static Goal AtMost(double value) => new(GoalKind.AtMost, value);

    /// <summary>More is better.</summary>
    public static Goal AtLeast(double value) => new(GoalKind.AtLeast, value);

    /// <summary>A multiple of keepalived's figure in the same run.</summary>
    public static Goal OfKeepalived(double value) => new(GoalKind.OfKeepalived, value);

    /// <summary>A multiple of what the kernel alone takes in the same run.</summary>
    public static Goal OfFloor(double value) => new(GoalKind.OfFloor, value);

    /// <summary>Whether it is reached; null when it or what it is compared with could not be measured.</summary>
    /// <param name="kept">Ours, of the samples kept.</param>
    /// <param name="all">Ours, of all samples.</param>
    /// <param name="keepalived">keepalived's, of all samples.</param>
    /// <param name="floor">The bare loop's, of all samples.</param>
    public bool? IsMet(double kept, double all, double keepalived, double floor) => Kind switch
    {
        _ when double.IsNaN(all) => null,
        GoalKind.AtMost => kept <= Value,
        GoalKind.AtLeast => kept >= Value,
        GoalKind.OfKeepalived => double.IsNaN(keepalived) ? null : all <= Value * keepalived,
        _ => double.IsNaN(floor) ? null : all <= Value * floor,
    };

    /// <inheritdoc/>
    public override string ToString() => (Kind switch
    {
        GoalKind.AtMost => "<= ",
        GoalKind.AtLeast => ">= ",
        GoalKind.OfKeepalived => "<= k*",
        _ => "<= f*",
    }) + Value.ToString("0.##", CultureInfo.InvariantCulture);
}
