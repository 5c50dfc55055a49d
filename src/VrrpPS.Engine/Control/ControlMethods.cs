namespace VrrpPS.Engine.Control;

/// <summary>The names of the methods and notifications on the wire.</summary>
internal static class ControlMethods
{
    public const string Hello = "hello";
    public const string State = "state";
    public const string Instances = "instances";
    public const string Counters = "counters";
    public const string History = "history";
    public const string Subscribe = "subscribe";
    public const string Unsubscribe = "unsubscribe";
    public const string ClearCounters = "clearCounters";
    public const string Suspend = "suspend";
    public const string Resume = "resume";
    public const string Move = "move";
    public const string Announce = "announce";
    public const string Set = "set";
    public const string Stop = "stop";
    public const string Start = "start";
    public const string Restart = "restart";
    public const string Reload = "reload";

    /// <summary>Notification: an event.</summary>
    public const string Event = "event";

    /// <summary>Notification: some state has changed.</summary>
    public const string StateChanged = "stateChanged";

    /// <summary>Notification: events were lost because the client did not read them.</summary>
    public const string Lost = "lost";
}
