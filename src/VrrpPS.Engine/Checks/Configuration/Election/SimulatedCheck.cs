using VrrpPS.Engine.Configuration;

namespace VrrpPS.Engine.Checks.Configuration.Election;

/// <summary>A health check as the election sees it.</summary>
/// <param name="Name">What findings call it.</param>
/// <param name="PriorityAfter">The priority in force while it alone fails, 1..254; null when the instance is in Fault then.</param>
internal readonly record struct SimulatedCheck(string Name, int? PriorityAfter)
{
    /// <summary>The health checks of an instance.</summary>
    public static IEnumerable<SimulatedCheck> Of(InstanceConfiguration instance)
        => instance.TrackInterfaces.Select(static name => new SimulatedCheck($"interface {name}", null));
}
