namespace VrrpPS.Engine.Configuration.Notification;

/// <summary>What an instance tells the world about. Beside each, the word that keepalived's notify scripts and FIFO use for it.</summary>
public enum NotificationOccasion : long
{
    /// <summary>The instance has become Master (MASTER).</summary>
    Master = 0,

    /// <summary>The instance has become Backup (BACKUP).</summary>
    Backup,

    /// <summary>The instance cannot take part (FAULT).</summary>
    Fault,

    /// <summary>The instance has stopped and its addresses are released (STOP).</summary>
    Stop,

    /// <summary>As <see cref="Stop"/>, because a reloaded configuration has it no more (DELETED).</summary>
    Deleted,

    /// <summary>The instance was suspended and takes no part until it is resumed (BACKUP: it does not serve).</summary>
    Suspended,

    /// <summary>The Master begins to hand over and still serves; keepalived has no word for it.</summary>
    Leaving,

    /// <summary>As Master, the instance heard a router of lower priority claim the role (MASTER_RX_LOWER_PRI).</summary>
    LowerPriorityHeard,

    /// <summary>The priority in force has changed without a change of state (MASTER_PRIORITY or BACKUP_PRIORITY).</summary>
    PriorityChanged,
}
