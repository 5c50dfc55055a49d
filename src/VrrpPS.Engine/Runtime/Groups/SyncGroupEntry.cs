using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Notification;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Groups;

/// <summary>A sync group that runs: its rules, its members in the same order, and whom it tells what happens to it as a whole.</summary>
internal sealed class SyncGroupEntry(string name, string? networkNamespace, NotificationCenter notifications, TimeProvider time)
{
    private readonly NoticeSubject _subject = new(name, networkNamespace, IsGroup: true);
    private Notifier? _notifier;
    private RouterState _told = RouterState.Initialize;

    public string Name => name;

    public SyncGroup Group { get; } = new();

    public List<RouterHost> Hosts { get; } = [];

    /// <summary>What the members say of the group.</summary>
    public SyncGroupOptions Options { get; private set; } = SyncGroupOptions.None;

    /// <summary>
    /// Takes over what a member newly says of the group. One that says nothing, or nothing any more, leaves it to the others.
    /// </summary>
    public void Configure(RouterHost member)
    {
        var options = member.Configuration.SyncGroupOptions;
        foreach (var host in Hosts)
        {
            options = options == SyncGroupOptions.None ? host.Configuration.SyncGroupOptions : options;
        }

        if (options == Options)
        {
            return;
        }

        Options = options;
        if (_notifier is { } notifier)
        {
            notifier.Apply(options.Notification);
        }
        else
        {
            _notifier = notifications.Open(_subject, options.Notification);
        }
    }

    /// <summary>
    /// Tells of the group's state if it has changed. Called when nothing is left that one member wants of another, so that what the
    /// members tell comes first, as in keepalived.
    /// </summary>
    public void Tell()
    {
        var state = GroupState.Of(Hosts, _told);
        if (state != _told)
        {
            var cause = GroupState.Cause(Hosts, state);
            Post(GroupState.Occasion(state, cause.IsBeingRemoved), state, cause);
        }
    }

    /// <summary>The last member is gone.</summary>
    public void Close(RouterHost last)
    {
        if (_told != RouterState.Initialize)
        {
            Post(GroupState.Occasion(RouterState.Initialize, last.IsBeingRemoved), RouterState.Initialize, last);
        }

        if (_notifier is { } notifier)
        {
            _notifier = null;
            notifications.Close(notifier);
        }
    }

    private void Post(NotificationOccasion occasion, RouterState state, RouterHost cause)
    {
        var from = _told;
        _told = state;
        _notifier?.Post(new Notice
        {
            Subject = _subject,
            Occasion = occasion,
            Time = time.GetLocalNow(),
            FromState = from,
            ToState = state,
            Event = cause.Router.LastEvent.Name(),
            Reason = GroupState.Describe(Hosts, state, cause),
            Priority = 0,
        });
    }
}
