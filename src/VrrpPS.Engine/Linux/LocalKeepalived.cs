namespace VrrpPS.Engine.Linux;

/// <summary>
/// A keepalived on this machine. It takes no notice of our <see cref="SpeakerLock"/>; with the same virtual router in the
/// same namespace both would become Master, since neither hears the other. Which virtual routers it speaks for only its
/// configuration tells: the caller decides what to make of its presence.
/// </summary>
/// <param name="ProcessId">The process.</param>
/// <param name="CommandLine">Its command with arguments.</param>
public sealed record LocalKeepalived(int ProcessId, string CommandLine)
{
    /// <summary>The keepalived processes in the network namespace of the calling thread.</summary>
    public static IReadOnlyList<LocalKeepalived> Find()
    {
        string? here = ProcessTable.NetworkNamespaceOf("thread-self");
        var found = new List<LocalKeepalived>();
        foreach (int pid in ProcessTable.ProcessIds())
        {
            if (ProcessTable.Name(pid) == "keepalived"
                && here is not null
                && string.Equals(ProcessTable.NetworkNamespaceOf($"{pid}"), here, StringComparison.Ordinal))
            {
                found.Add(new LocalKeepalived(pid, ProcessTable.CommandLine(pid)));
            }
        }

        return found;
    }
}
