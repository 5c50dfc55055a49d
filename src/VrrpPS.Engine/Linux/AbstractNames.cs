using System.Buffers;
using System.Globalization;
using System.Text;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// The abstract Unix socket names of the calling thread's network namespace, and who holds them. Any local user may bind any such
/// name, so a name alone proves nothing: only a process that could speak VRRP counts as its holder.
/// </summary>
internal static class AbstractNames
{
    /// <summary>The kernel gives a page at a time, and a line that was not whole comes before it.</summary>
    private const int BufferSize = 8 * 1024;

    /// <summary>All names that begin with <paramref name="prefix"/>, with the number of the socket behind each.</summary>
    /// <param name="prefix">What they begin with, ASCII.</param>
    /// <param name="part">What they contain, too, ASCII. Of a process with hundreds of instances only these become strings.</param>
    public static IReadOnlyList<(string Name, string Inode)> Find(string prefix, string part = "")
    {
        byte[] start = Encoding.ASCII.GetBytes("\0" + prefix);
        byte[] inside = Encoding.ASCII.GetBytes(part);
        var found = new List<(string, string)>();
        return UnixSocketTable.TryRead((name, inode) =>
        {
            if (inode != 0 && name.StartsWith(start) && name.IndexOf(inside) >= 0)
            {
                found.Add((Encoding.UTF8.GetString(name[1..]), inode.ToString(CultureInfo.InvariantCulture)));
            }
        })
            ? found
            : FindInText(prefix, part);
    }

    /// <summary>
    /// The same where the kernel does not diagnose sockets (no CONFIG_UNIX_DIAG). A name with line ends in it looks like several there,
    /// of whatever process it likes: whoever may bind names can then keep an instance from starting.
    /// </summary>
    internal static List<(string Name, string Inode)> FindInText(string prefix, string part)
    {
        byte[] inside = Encoding.ASCII.GetBytes(part);
        byte[] start = Encoding.ASCII.GetBytes("@" + prefix);
        var found = new List<(string, string)>();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var file = new FileStream("/proc/thread-self/net/unix", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            int kept = 0;
            for (int read; (read = file.Read(buffer, kept, buffer.Length - kept)) > 0;)
            {
                var rest = buffer.AsSpan(0, kept + read);
                for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
                {
                    if (TryRead(rest[..end], start, inside, out var entry))
                    {
                        found.Add(entry);
                    }
                }

                // A line is far shorter than the buffer: one that is not whole yet comes first in the next one.
                rest.CopyTo(buffer);
                kept = rest.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return found;
    }

    // Num RefCount Protocol Flags Type St Inode Path; an abstract name begins with @. Not yet accepted connections have inode 0.
    private static bool TryRead(ReadOnlySpan<byte> line, ReadOnlySpan<byte> start, ReadOnlySpan<byte> part, out (string Name, string Inode) entry)
    {
        entry = default;
        int at = line.IndexOf((byte)'@');
        if (at <= 0 || !line[at..].StartsWith(start) || line[at..].IndexOf(part) < 0)
        {
            return false;
        }

        var before = line[..at].TrimEnd((byte)' ');
        var inode = before[(before.LastIndexOf((byte)' ') + 1)..];
        if (inode.SequenceEqual("0"u8))
        {
            return false;
        }

        entry = (Encoding.UTF8.GetString(line[(at + 1)..]), Encoding.ASCII.GetString(inode));
        return true;
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
