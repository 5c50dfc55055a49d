namespace VrrpPS.Engine.Notification.Commands;

/// <summary>Which of the commands for an occasion are meant.</summary>
internal enum CommandPhase
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those that a Master waits for before it gives its role away.</summary>
    WaitedFor,

    /// <summary>The others, because those have run.</summary>
    NotWaitedFor,
}
