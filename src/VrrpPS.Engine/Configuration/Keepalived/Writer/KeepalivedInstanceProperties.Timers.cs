using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>What keepalived adds to the timers and the election of the RFC.</content>
internal static partial class KeepalivedInstanceProperties
{
    private static void DownTimerAdverts(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.DownTimerAdverts != ElectionTimers.MissedAdvertisements)
        {
            w.Body.Line("down_timer_adverts", KeepalivedNumbers.Whole(c.DownTimerAdverts));
        }
    }

    private static void OwnerIgnoreAdverts(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.OwnerIgnoreAdverts)
        {
            w.Body.Line("owner_ignore_adverts");
            w.Omit("ownerIgnoreAdverts is 'owner_ignore_adverts', which keepalived knows since 2.3.3: remove it for older ones.");
        }
    }

    private static void TimerExpiredBackup(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.TimerExpiredBackup > 0)
        {
            w.Body.Line("timer_expired_backup", KeepalivedNumbers.Whole(c.TimerExpiredBackup));
            w.Omit("timerExpiredBackup is 'timer_expired_backup', which keepalived knows since 2.2.8: remove it for older ones.");
        }
    }
}
