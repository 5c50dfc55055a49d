using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>Health checks: defined at the top level, tracked by name.</content>
internal static partial class KeepalivedInstanceProperties
{
    private static void Trackers(KeepalivedInstanceWriter w, InstanceConfiguration c) => Trackers(w, c.Trackers);

    /// <summary>The checks of an instance or a group.</summary>
    public static void Trackers(KeepalivedInstanceWriter w, IEnumerable<TrackerConfiguration> trackers)
    {
        foreach (var tracker in trackers)
        {
            switch (tracker)
            {
                case InterfaceTracker link:
                    w.Body.Open("track_interface");
                    w.Body.Line(link.InterfaceName, Weight(link));
                    w.Body.Close();
                    break;
                case ScriptTracker script when KeepalivedCommandText.Join(script.Command) is { } command:
                    Track(w, "track_script", "vrrp_script", script, body => Script(w, body, script, command));
                    break;
                case ProcessTracker process:
                    Track(w, "track_process", "vrrp_track_process", process, body => Process(w, body, process));
                    break;
                case FileTracker file:
                    Track(w, "track_file", "vrrp_track_file", file, body => body.Line("file", file.Path));
                    break;
                default:
                    w.Lose(tracker is ScriptTracker
                        ? $"trackers: {tracker} is left out: keepalived has no way to quote its command."
                        : $"trackers: {tracker} is left out: keepalived has no such check. Let a script look instead.");
                    break;
            }
        }
    }

    private static void Track(KeepalivedInstanceWriter w, string keyword, string definition, TrackerConfiguration tracker, Action<KeepalivedOutput> write)
    {
        string name = w.Document.Define(definition, tracker.Name, tracker, out bool isNew);
        if (isNew)
        {
            var body = w.Document.Definitions;
            body.Open(definition, name);
            write(body);
            body.Line("weight", WeightOnly(tracker));
            body.Close();
            bool isWritten = tracker.InitialState == TrackerStatus.Down && tracker is ScriptTracker;
            if (tracker.InitialState != TrackerStatus.Unknown && !isWritten)
            {
                w.Omit($"trackers: initialState {tracker.InitialState} of {tracker.Name} has no keyword: keepalived takes it for good until its first look.");
            }
        }

        w.Body.Open(keyword);
        w.Body.Line(name);
        w.Body.Close();
    }

    private static void Script(KeepalivedInstanceWriter w, KeepalivedOutput body, ScriptTracker script, string command)
    {
        body.Line("script", command);
        body.Line("interval", KeepalivedNumbers.Seconds(script.Interval));
        if (script.Timeout is { } timeout)
        {
            body.Line("timeout", KeepalivedNumbers.Seconds(timeout));
        }

        body.Line("rise", KeepalivedNumbers.Whole(script.Rise));
        body.Line("fall", KeepalivedNumbers.Whole(script.Fall));
        if (script.User is not null)
        {
            body.Line("user", KeepalivedCommandText.User(script.User));
        }

        if (script.InitialState == TrackerStatus.Down)
        {
            body.Line("init_fail");
        }
    }

    private static void Process(KeepalivedInstanceWriter w, KeepalivedOutput body, ProcessTracker process)
    {
        body.Line("process", [process.ProcessName, .. process.Arguments]);
        switch (process.ArgumentMatch)
        {
            case ArgumentMatch.Exact when process.Arguments.Count == 0:
                body.Line("param_match");
                break;
            case ArgumentMatch.Initial:
                body.Line("param_match", "initial");
                break;
            case ArgumentMatch.Partial:
                body.Line("param_match", "partial");
                break;
            default:
                break;
        }

        if (!process.FullCommand && process.ArgumentMatch != ArgumentMatch.None)
        {
            w.Lose($"tracker '{process.Name}' cannot be written as it is: where keepalived compares arguments, it compares the first word of the command line as well, and '{process.ProcessName}' is the kernel's name.");
        }

        if (process.FullCommand && process.ArgumentMatch == ArgumentMatch.None)
        {
            body.Line("full_command");
        }

        body.Line("quorum", KeepalivedNumbers.Whole(process.Quorum));
        if (process.QuorumMaximum is { } most)
        {
            body.Line("quorum_max", KeepalivedNumbers.Whole(most));
        }

        Delay(body, "fork_delay", process.ForkDelay, process.Rise, process.Interval);
        Delay(body, "terminate_delay", process.TerminateDelay, process.Fall, process.Interval);
    }

    /// <summary>keepalived waits a time where we may count looks as well.</summary>
    private static void Delay(KeepalivedOutput body, string keyword, TimeSpan delay, int looks, TimeSpan interval)
    {
        var all = delay + ((looks - 1) * interval);
        if (all > TimeSpan.Zero)
        {
            body.Line(keyword, KeepalivedNumbers.Seconds(all));
        }
    }

    private static string[] Weight(TrackerConfiguration tracker) => ["weight", .. WeightOnly(tracker)];

    private static string[] WeightOnly(TrackerConfiguration tracker)
        => tracker.Reverse ? [KeepalivedNumbers.Whole(tracker.Weight), "reverse"] : [KeepalivedNumbers.Whole(tracker.Weight)];
}
