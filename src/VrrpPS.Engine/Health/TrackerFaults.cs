namespace VrrpPS.Engine.Health;

/// <summary>Why trackers keep an instance out of the election, in words.</summary>
/// <param name="Interfaces">One text per tracked interface.</param>
/// <param name="Checks">One text per health check.</param>
/// <param name="Pending">The checks that have not reported yet.</param>
internal sealed record TrackerFaults(VrrpList<string> Interfaces, VrrpList<string> Checks, VrrpList<string> Pending)
{
    /// <summary>No reason.</summary>
    public static TrackerFaults None { get; } = new([], [], []);
}
