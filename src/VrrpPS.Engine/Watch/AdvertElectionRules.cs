using System.Globalization;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Watch;

/// <summary>Who may speak when: the rules that look at time and role.</summary>
internal static class AdvertElectionRules
{
    private const long MinGrace = Instant.NanosecondsPerMillisecond;
    private const long MaxGrace = 100 * Instant.NanosecondsPerMillisecond;

    /// <summary>Looks at one sender only: two MAC addresses, an echo of our own packet, missing advertisements.</summary>
    /// <returns>Whether the packet is an echo and says nothing of its own.</returns>
    public static bool JudgeSender(AdvertObservation heard, AdvertSpeaker speaker, AdvertFindings problems)
    {
        if (heard.SourceMac is { } mac)
        {
            var other = speaker.Mac is { } known && known != mac ? (known, speaker.Last) : speaker.OtherMac;
            if (other is { } seen && seen.Item1 != mac && heard.Time - seen.Item2 <= speaker.Window)
            {
                problems.Add(
                    AdvertProblemCode.DuplicateSourceAddress,
                    $"{heard.Source} speaks from two MAC addresses, {mac} and {seen.Item1}: two hosts have that address.");
            }
            else if (heard.Direction == AdvertDirection.Received && speaker.Mac == mac
                && speaker.LastSent is { } sent && heard.Time - sent <= speaker.Window)
            {
                problems.Add(
                    AdvertProblemCode.Reflected,
                    $"An advertisement that this host sent as {heard.Source} came back on {heard.InterfaceName}: a loop, a reflecting switch, or a spoofer.");
                return true;
            }
        }

        return false;
    }

    /// <summary>Looks at the sender's right to speak as Master beside the others.</summary>
    public static void JudgeRole(AdvertObservation heard, AdvertSpeaker? speaker, AdvertSpeaker[] others, AdvertFindings problems)
    {
        byte priority = heard.Priority ?? 0;
        foreach (var other in others.Where(other => other.SpeaksAt(heard.Time)))
        {
            // A router yields only after it has heard the better one; what crosses on the wire is no conflict.
            long grace = Math.Clamp(other.Interval.Nanoseconds / 10, MinGrace, MaxGrace);
            long sinceOther = heard.Time - other.Last;
            bool wins = AdvertSpeaker.Beats(priority, heard.Source, other);
            if (!wins && sinceOther > grace)
            {
                problems.Add(
                    AdvertProblemCode.LowerPriorityMaster,
                    $"{heard.Source} speaks with priority {priority} although {other.Source} with priority {other.Priority} spoke {Seconds(sinceOther)} before: it does not hear it, or does not accept its packets.");
            }

            bool interleaved = speaker is not null && speaker.SpeaksAt(heard.Time) && other.Last > speaker.Last;
            if (interleaved && (wins ? other.Last - speaker!.Last : sinceOther) > grace)
            {
                problems.Add(
                    AdvertProblemCode.TwoMasters,
                    $"{heard.Source} (priority {priority}) and {other.Source} (priority {other.Priority}) both speak as Master of VRID {heard.VirtualRouterId}.");
            }
        }

        JudgeGap(heard, speaker, others, problems);
    }

    private static void JudgeGap(AdvertObservation heard, AdvertSpeaker? speaker, AdvertSpeaker[] others, AdvertFindings problems)
    {
        // After a hand-over, or a while as Backup, silence is not a loss.
        if (speaker is null || speaker.Leaving || others.Any(other => other.Last > speaker.Last))
        {
            return;
        }

        long silence = heard.Time - speaker.Last;
        long interval = speaker.Interval.Nanoseconds;
        if (silence > interval + (interval / 2))
        {
            long lost = Math.Max(1, ((silence + (interval / 2)) / interval) - 1);
            problems.Add(
                AdvertProblemCode.Gap,
                $"{heard.Source} was silent for {Seconds(silence)} with an interval of {speaker.Interval}: about {lost} advertisement{(lost == 1 ? " is" : "s are")} missing.");
        }
    }

    private static string Seconds(long nanoseconds)
        => (nanoseconds / 1e9).ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
