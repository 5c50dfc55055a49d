using System.Globalization;
using VrrpPS.Engine.Runtime;
using VrrpPS.Service.Native;

namespace VrrpPS.Service.Run;

/// <summary>
/// Code and read-only data as they are in the files of the program and the C library. The start runs through much of them that a service
/// never needs again: the tables of types are unpacked from there, the configuration is read. Given back it costs this
/// process no memory; what is needed all the same comes back by itself, from the file or its cache. What serves lies together in the native
/// program and comes back with the next advertisements; a takeover's calls into the kernel are gone through once more. Who wants
/// nothing to be read anew, however short of memory the machine is, locks the memory (--lock-memory): then nothing is given back.
/// </summary>
internal static class CleanPages
{
    private const string Changed = "Anonymous:", ChangedAndSwapped = "Swap:", Nothing = " 0 kB", Deleted = " (deleted)";

    /// <summary>Range, rights, offset, device, inode, and the path, which may have blanks.</summary>
    private const int Fields = 6;

    /// <summary>What is linked with the program is never unloaded, so that nothing else can be in its place later.</summary>
    private static readonly string[] s_linked = ["libc.so", "libm.so", "ld-linux", "ld-musl"];

    /// <summary>Those of this process; none where the kernel does not show them.</summary>
    public static (nint Start, nuint Length)[] FindOwn()
    {
        try
        {
            return Environment.ProcessPath is { } program ? [.. Find(File.ReadLines("/proc/self/smaps"), program)] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Gives them back. Where that is not possible (locked memory) they stay.</summary>
    /// <param name="ranges">As they were found just now: what a debugger has changed since is lost to it.</param>
    public static void Release((nint Start, nuint Length)[] ranges)
    {
        foreach (var (start, length) in ranges)
        {
            _ = ProcessNative.Advise(start, length, ProcessNative.NotNeeded);
        }

        TakeoverRehearsal.Run();
    }

    /// <summary>The ranges that are as they are in their file. One of which anything was changed, as the linker does, would not come back as it was.</summary>
    /// <param name="lines">/proc/PID/smaps.</param>
    /// <param name="program">The program's path.</param>
    internal static IEnumerable<(nint Start, nuint Length)> Find(IEnumerable<string> lines, string program)
    {
        string? candidate = null;
        foreach (string line in lines)
        {
            if (RangeOfOurs(line, program) is { } range)
            {
                candidate = range;
            }
            else if (candidate is not null && line.StartsWith(Changed, StringComparison.Ordinal))
            {
                candidate = line.EndsWith(Nothing, StringComparison.Ordinal) ? candidate : null;
            }
            else if (candidate is not null && line.StartsWith(ChangedAndSwapped, StringComparison.Ordinal))
            {
                // The last of both: neither in memory nor on the swap device is anything of it our own.
                if (line.EndsWith(Nothing, StringComparison.Ordinal))
                {
                    yield return Parse(candidate);
                }

                candidate = null;
            }
        }
    }

    /// <summary>The range of a mapping that nobody writes to, of a file that stays, if a line begins one.</summary>
    private static string? RangeOfOurs(string line, string program)
    {
        if (line.Split(' ', Fields, StringSplitOptions.RemoveEmptyEntries) is not [var range, "r--p" or "r-xp", _, _, _, var path])
        {
            return null;
        }

        // As an upgrade leaves it: the file is gone from its directory, and stays as long as it is mapped.
        path = path.EndsWith(Deleted, StringComparison.Ordinal) ? path[..^Deleted.Length] : path;
        path = path.TrimStart();
        string name = Path.GetFileName(path);
        return path == program || Array.Exists(s_linked, linked => name.StartsWith(linked, StringComparison.Ordinal)) ? range : null;
    }

    private static (nint Start, nuint Length) Parse(string range)
    {
        int dash = range.IndexOf('-', StringComparison.Ordinal);
        ulong start = Hexadecimal(range.AsSpan(0, dash));
        return ((nint)start, (nuint)(Hexadecimal(range.AsSpan(dash + 1)) - start));
    }

    private static ulong Hexadecimal(ReadOnlySpan<char> text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
