using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Health;

/// <summary>Turns single looks into a status: so many failures in a row make it Down, so many successes Up again.</summary>
public sealed class TrackerHealth(int rise, int fall, TrackerStatus initial)
{
    private int _streak;

    /// <summary>The status.</summary>
    public TrackerStatus Status { get; private set; } = initial;

    /// <summary>Takes the result of a look; whether the status changed.</summary>
    public bool Note(bool succeeded)
    {
        // With nothing known, one look is better than waiting for several.
        bool isFirst = Status == TrackerStatus.Unknown;
        var seen = succeeded ? TrackerStatus.Up : TrackerStatus.Down;
        if (seen == Status)
        {
            _streak = 0;
            return false;
        }

        _streak++;
        if (!isFirst && _streak < (succeeded ? rise : fall))
        {
            return false;
        }

        _streak = 0;
        Status = seen;
        return true;
    }
}
