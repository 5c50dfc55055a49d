using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Groups;

/// <summary>The one state that a group's members make together.</summary>
internal static class GroupState
{
    /// <summary>
    /// Master when all are; Leaving while one still gives the group's role away, whatever comes of it; Fault while one of them is, or is
    /// suspended alone; Backup otherwise. A member that has stopped no longer counts.
    /// </summary>
    /// <param name="members">The members.</param>
    /// <param name="before">The group's state so far: only a Master leaves.</param>
    public static RouterState Of(List<RouterHost> members, RouterState before)
    {
        int running = 0;
        int masters = 0;
        int suspended = 0;
        bool anyFault = false;
        bool anyLeaving = false;
        foreach (var member in members)
        {
            var state = member.Router.State;
            running += state == RouterState.Initialize ? 0 : 1;
            masters += state == RouterState.Master ? 1 : 0;
            suspended += state == RouterState.Suspended ? 1 : 0;
            anyFault |= state == RouterState.Fault;
            anyLeaving |= state == RouterState.Leaving;
        }

        if (running == 0)
        {
            return RouterState.Initialize;
        }

        return masters == running ? RouterState.Master
            : suspended == running ? RouterState.Suspended
            : anyLeaving && before is (RouterState.Master or RouterState.Leaving) ? RouterState.Leaving
            : anyFault || suspended > 0 ? RouterState.Fault
            : RouterState.Backup;
    }

    public static NotificationOccasion Occasion(RouterState state, bool isRemoval) => state switch
    {
        RouterState.Master => NotificationOccasion.Master,
        RouterState.Fault => NotificationOccasion.Fault,
        RouterState.Suspended => NotificationOccasion.Suspended,
        RouterState.Leaving => NotificationOccasion.Leaving,
        RouterState.Initialize => isRemoval ? NotificationOccasion.Deleted : NotificationOccasion.Stop,
        _ => NotificationOccasion.Backup,
    };

    /// <summary>The member that explains the state best: the one whose own fault it is, else the first that is in it.</summary>
    public static RouterHost Cause(List<RouterHost> members, RouterState state)
    {
        RouterHost? same = null;
        foreach (var member in members)
        {
            if (state == RouterState.Fault && member.Router.IsOut && member.Router.State != RouterState.Initialize)
            {
                return member;
            }

            same ??= member.Router.State == state ? member : null;
        }

        return same ?? members[0];
    }

    /// <summary>The state in a sentence.</summary>
    public static string Describe(List<RouterHost> members, RouterState state, RouterHost cause) => state switch
    {
        RouterState.Master => members.Count == 1 ? "Its member is Master." : $"All {members.Count} members are Master.",
        RouterState.Initialize => "Its members have stopped.",
        RouterState.Suspended => "Its members are suspended.",
        _ when cause.Snapshot.LastTransition is { } transition => $"{cause.Configuration.Name}: {transition.Reason}",
        _ => $"{cause.Configuration.Name} is {cause.Router.State.Name()}.",
    };
}
