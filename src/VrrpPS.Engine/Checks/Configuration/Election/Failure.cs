using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Checks.Configuration.Election;

/// <summary>Something that can go wrong with one node, and come back.</summary>
/// <param name="Text">What goes wrong, as <c>node1 is down</c>; empty when nothing does.</param>
/// <param name="Happen">Lets it go wrong.</param>
/// <param name="End">Lets it come back.</param>
internal sealed record Failure(string Text, Action<ElectionSegment> Happen, Action<ElectionSegment> End)
{
    /// <summary>All is well.</summary>
    public static Failure None { get; } = new(string.Empty, static _ => { }, static _ => { });

    /// <summary>A host stops dead: power, kernel, a killed process.</summary>
    public static Failure Host(RouterMember member, int position) => new(
        $"{member.NodeName} is down",
        segment => segment.Routers[position].IsAlive = false,
        segment => segment.Start([segment.Routers[position]]));

    /// <summary>The interface that carries the advertisements loses its link.</summary>
    public static Failure Interface(RouterMember member, int position) => new(
        $"{member.Instance.InterfaceName} of {member.NodeName} is down",
        segment =>
        {
            segment.Routers[position].IsConnected = false;
            segment.Feed(segment.Routers[position], Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown));
        },
        segment =>
        {
            segment.Routers[position].IsConnected = true;
            segment.Feed(segment.Routers[position], Input.FaultsChanged(FaultReasons.None, LastEvent.InterfaceUp));
        });

    /// <summary>A health check fails.</summary>
    public static Failure Check(RouterMember member, int position, SimulatedCheck check) => new(
        $"{check.Name} fails on {member.NodeName}",
        segment => segment.Feed(segment.Routers[position], check.PriorityAfter is { } lowered
            ? Input.PriorityChanged((byte)lowered)
            : Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault)),
        segment => segment.Feed(segment.Routers[position], check.PriorityAfter is null
            ? Input.FaultsChanged(FaultReasons.None, LastEvent.FaultCleared)
            : Input.PriorityChanged(SimulatedCheck.HealthyPriority(member.Instance))));
}
