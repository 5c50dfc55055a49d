namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>The names of trackers that were given none.</summary>
public static class TrackerNames
{
    /// <summary>
    /// The interface, or the kind and what it looks at: <c>tcp-127.0.0.1:32463</c>, <c>script-check.sh</c>.
    /// </summary>
    public static string Default(TrackerKind kind, string target) => kind switch
    {
        TrackerKind.Interface => target,
        TrackerKind.Tcp => $"tcp-{target}",
        TrackerKind.Http => $"http-{target}",
        TrackerKind.Ping => $"ping-{target}",
        TrackerKind.Script => $"script-{Path.GetFileName(target)}",
        TrackerKind.Process => $"process-{target}",
        _ => $"file-{Path.GetFileName(target)}",
    };
}
