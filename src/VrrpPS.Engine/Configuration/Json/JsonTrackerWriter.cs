using System.Text.Json;
using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration.Json;

/// <summary>Writes trackers, each where it is used; values at their default are left out.</summary>
internal static class JsonTrackerWriter
{
    /// <summary>Writes the property, unless there is no tracker.</summary>
    public static void Write(Utf8JsonWriter w, VrrpList<TrackerConfiguration> trackers)
    {
        if (trackers.Count == 0)
        {
            return;
        }

        w.WriteStartArray("trackers");
        foreach (var tracker in trackers)
        {
            w.WriteStartObject();
            w.WriteString("name", tracker.Name);
            Target(w, tracker);
            if (tracker.Kind != TrackerKind.Interface)
            {
                Timing(w, tracker);
            }

            Number(w, "weight", tracker.Weight, 0);
            if (tracker.Reverse)
            {
                w.WriteBoolean("reverse", true);
            }

            if (tracker.InitialState != TrackerStatus.Unknown)
            {
                w.WriteString("initialState", tracker.InitialState == TrackerStatus.Up ? nameof(TrackerStatus.Up) : nameof(TrackerStatus.Down));
            }

            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void Target(Utf8JsonWriter w, TrackerConfiguration tracker)
    {
        switch (tracker)
        {
            case TcpTracker tcp:
                w.WriteString("tcp", tcp.Target);
                break;
            case HttpTracker http:
                w.WriteString("http", http.Uri);
                Text(w, "expectStatus", http.ExpectStatus == HttpStatusSet.Default ? null : http.ExpectStatus.ToString());
                Text(w, "expectBody", http.ExpectBody);
                if (http.SkipCertificateCheck)
                {
                    w.WriteBoolean("skipCertificateCheck", true);
                }

                break;
            case PingTracker ping:
                w.WriteString("ping", ping.Target);
                break;
            case InterfaceTracker link:
                w.WriteString("interface", link.InterfaceName);
                break;
            case ScriptTracker script:
                w.WriteStartArray("script");
                foreach (string word in script.Command)
                {
                    w.WriteStringValue(word);
                }

                w.WriteEndArray();
                Text(w, "user", script.User);
                if (script.RequireSafeProgram)
                {
                    w.WriteBoolean("requireSafeProgram", true);
                }

                break;
            case ProcessTracker process:
                w.WriteString("process", process.ProcessName);
                Number(w, "quorum", process.Quorum, 1);
                if (process.QuorumMaximum is { } most)
                {
                    w.WriteNumber("quorumMaximum", most);
                }

                Process(w, process);
                break;
            case FileTracker file:
                w.WriteString("file", file.Path);
                break;
        }
    }

    private static void Process(Utf8JsonWriter w, ProcessTracker process)
    {
        if (process.FullCommand)
        {
            w.WriteBoolean("fullCommand", true);
        }

        if (process.ArgumentMatch != ArgumentMatch.None)
        {
            w.WriteStartArray("arguments");
            foreach (string word in process.Arguments)
            {
                w.WriteStringValue(word);
            }

            w.WriteEndArray();
            w.WriteString("argumentMatch", JsonVocabulary.Tracker.First(static p => p.Name == "argumentMatch").Values[(int)process.ArgumentMatch]);
        }

        Text(w, "forkDelay", process.ForkDelay == TimeSpan.Zero ? null : DurationText.Format(process.ForkDelay));
        Text(w, "terminateDelay", process.TerminateDelay == TimeSpan.Zero ? null : DurationText.Format(process.TerminateDelay));
    }

    private static void Timing(Utf8JsonWriter w, TrackerConfiguration tracker)
    {
        w.WriteString("interval", DurationText.Format(tracker.Interval));
        Text(w, "timeout", tracker.Timeout is { } timeout ? DurationText.Format(timeout) : null);
        Number(w, "rise", tracker.Rise, 1);
        Number(w, "fall", tracker.Fall, 1);
    }

    private static void Number(Utf8JsonWriter w, string name, int value, int unlessDefault)
    {
        if (value != unlessDefault)
        {
            w.WriteNumber(name, value);
        }
    }

    private static void Text(Utf8JsonWriter w, string name, string? value)
    {
        if (value is not null)
        {
            w.WriteString(name, value);
        }
    }
}
