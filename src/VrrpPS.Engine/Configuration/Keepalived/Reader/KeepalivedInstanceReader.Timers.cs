using System.Globalization;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>What keepalived adds to the timers and the election of the RFC.</content>
internal sealed partial class KeepalivedInstanceReader
{
    /// <summary>keepalived's default: the shortest time in which another node can take over.</summary>
    private const int HighestOtherPriority = 254;

    private void TakeTimerExpired(KeepalivedStatement s)
    {
        if (s.Parameter(1) is { } word
            && !(int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int priority) && priority is >= 1 and <= HighestOtherPriority))
        {
            diagnostics.Error(word.At, ConfigurationCodes.InvalidValue,
                $"'{s.Keyword}' cannot be '{word.Text}': write the highest priority of the other nodes, from 1 to {HighestOtherPriority}, or nothing.");
            return;
        }

        _timerExpiredAt = s;
        _timerExpired = s.Parameter(1) is { } given ? int.Parse(given.Text, CultureInfo.InvariantCulture) : HighestOtherPriority;
    }

    /// <summary>It concerns a node that does not preempt; keepalived clears it for others.</summary>
    private void TimerExpired()
    {
        if (_timerExpiredAt is { } statement && _preempt)
        {
            Adjusted(statement.Keyword, "it takes 'nopreempt', and keepalived clears it without.");
            _timerExpired = 0;
        }
    }

    private int DownTimerAdverts()
    {
        int adverts = _downTimerAdverts ?? globals.DownTimerAdverts;
        if (!IsStrict || adverts == ElectionTimers.MissedAdvertisements)
        {
            return adverts;
        }

        if (_last.ContainsKey("down_timer_adverts"))
        {
            Adjusted("down_timer_adverts", $"strict mode resets it to {ElectionTimers.MissedAdvertisements} in keepalived.");
        }

        return ElectionTimers.MissedAdvertisements;
    }

    private bool OwnerIgnoresAdverts(int priority)
    {
        if (priority == 255)
        {
            return IsStrict || (_ownerIgnoresAdverts ?? globals.OwnerIgnoresAdverts);
        }

        if (_ownerIgnoresAdverts == true)
        {
            Adjusted("owner_ignore_adverts", "only priority 255 owns the addresses, and keepalived clears it below.");
        }

        return false;
    }
}
