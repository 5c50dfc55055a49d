using System.Globalization;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// The abstract Unix socket names of the calling thread's network namespace, and who holds them. Any local user may bind any such
/// name, so a name alone proves nothing: only a process that could speak VRRP counts as its holder.
/// </summary>
internal static class AbstractNames
{
    /// <summary>All names that begin with <paramref name="prefix"/>, with the number of the socket behind each.</summary>
    public static IReadOnlyList<(string Name, string Inode)> Find(string prefix)
    {
        var found = new List<(string, string)>();
        foreach (string line in File.ReadLines("/proc/thread-self/net/unix"))
        {
            // Num RefCount Protocol Flags Type St Inode Path; an abstract name begins with @. Not yet accepted connections have inode 0.
            int at = line.IndexOf('@', StringComparison.Ordinal);
            if (at > 0 && line.AsSpan(at + 1).StartsWith(prefix, StringComparison.Ordinal))
            {
                var before = line.AsSpan(0, at).TrimEnd(' ');
                var inode = before[(before.LastIndexOf(' ') + 1)..];
                if (inode is not "0")
                {
                    found.Add((line[(at + 1)..], inode.ToString()));
                }
            }
        }

        return found;
    }

    /// <summary>
    /// Whether a socket may belong to a speaker: one of its processes may open packet sockets here, or nobody can be seen to have it
    /// (it lives in another container, or we may not look).
    /// </summary>
    public static bool MaySpeak(string inode)
    {
        string target = $"socket:[{inode}]";
        bool seen = false;
        foreach (int pid in ProcessTable.ProcessIds())
        {
            if (Holds(pid, target))
            {
                seen = true;
                if (MaySpeak(pid))
                {
                    return true;
                }
            }
        }

        return !seen;
    }

    private static bool MaySpeak(int pid)
    {
        string process = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}");
        try
        {
            if (!ProcessCapabilities.Parse(File.ReadLines(process + "/status")).HasFlag(Capabilities.NetRaw))
            {
                return false;
            }

            // What a process may do in a user namespace that it made itself, it may not do here.
            string? theirs = new FileInfo(process + "/ns/user").LinkTarget;
            return theirs is null || string.Equals(theirs, new FileInfo("/proc/self/ns/user").LinkTarget, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone, or above us: of the gone one the name is free again, and another look tells.
            return true;
        }
    }

    private static bool Holds(int pid, string target)
    {
        try
        {
            foreach (string path in Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd")))
            {
                if (string.Equals(new FileInfo(path).LinkTarget, target, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return false;
    }
}
