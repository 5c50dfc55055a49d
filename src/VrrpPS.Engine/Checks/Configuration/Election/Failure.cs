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
    public static Failure Host(RouterMember member) => new(
        $"{member.NodeName} is down",
        segment => Kill(segment, member.NodeName),
        segment => segment.Start([.. segment.RoutersOn(member.NodeName)]));

    /// <summary>The interface that carries the advertisements loses its link.</summary>
    public static Failure Interface(RouterMember member) => new(
        $"{member.Instance.InterfaceName} of {member.NodeName} is down",
        segment => Connect(segment, member, isConnected: false),
        segment => Connect(segment, member, isConnected: true));

    /// <summary>A health check fails, for everything on the node that looks at the same.</summary>
    public static Failure Check(RouterMember member, SimulatedCheck check) => new(
        $"{check.Name} fails on {member.NodeName}",
        segment =>
        {
            foreach (var (router, own) in Concerned(segment, member, check))
            {
                segment.Feed(router, own.PriorityAfter is { } lowered
                    ? Input.PriorityChanged((byte)lowered)
                    : Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault));
            }
        },
        segment =>
        {
            foreach (var (router, own) in Concerned(segment, member, check))
            {
                segment.Feed(router, own.PriorityAfter is null
                    ? Input.FaultsChanged(FaultReasons.None, LastEvent.FaultCleared)
                    : Input.PriorityChanged(SimulatedCheck.HealthyPriority(router.Member.Instance)));
            }
        });

    /// <summary>Stops a node dead.</summary>
    public static void Kill(ElectionSegment segment, string node)
    {
        foreach (var router in segment.RoutersOn(node))
        {
            router.IsAlive = false;
        }
    }

    private static void Connect(ElectionSegment segment, RouterMember member, bool isConnected)
    {
        foreach (var router in segment.RoutersOn(member.NodeName).Where(router => IsOnSameLink(router.Member, member)).ToArray())
        {
            router.IsConnected = isConnected;
            segment.Feed(router, isConnected
                ? Input.FaultsChanged(FaultReasons.None, LastEvent.InterfaceUp)
                : Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown));
        }
    }

    private static bool IsOnSameLink(RouterMember one, RouterMember other)
        => one.Instance.InterfaceName == other.Instance.InterfaceName && one.Instance.NetworkNamespace == other.Instance.NetworkNamespace;

    private static IEnumerable<(SimulatedRouter Router, SimulatedCheck Check)> Concerned(ElectionSegment segment, RouterMember member, SimulatedCheck check)
    {
        foreach (var router in segment.RoutersOn(member.NodeName).ToArray())
        {
            if (router.Member == member)
            {
                yield return (router, check);
            }
            else if (check.Thing is { } thing && SimulatedCheck.Of(router.Member.Instance).FirstOrDefault(own => own.Thing == thing) is { Name: not null } same)
            {
                yield return (router, same);
            }
        }
    }
}
