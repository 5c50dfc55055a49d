using System.Globalization;
using VrrpPS.Engine.Runtime;
using VrrpPS.Service.Native;

namespace VrrpPS.Service.Run;

/// <summary>
/// Code and read-only data as they are in the files of the program and its libraries. The start runs through much of them that a service
/// never needs again: the tables of types are unpacked from there, the configuration is read, the command line. Given back it costs this
/// process no memory; what is needed all the same comes back by itself, from the file or its cache. A takeover is not kept waiting for
/// that: its way is gone once more. Who wants nothing to be read anew, however short of memory the machine is, locks the memory
/// (--lock-memory): then nothing is given back.
/// </summary>
internal sealed class CleanPages
{
    private const string ReadOnly = " r--p ", Code = " r-xp ", Changed = "Anonymous:", ChangedAndSwapped = "Swap:", Nothing = " 0 kB";

    // Found once: reading it leaves more garbage than giving back is worth.
    private readonly (nint Start, nuint Length)[] _ranges = FindOwn();

    /// <summary>Gives them back. Where that is not possible (locked memory) they stay.</summary>
    public void Release()
    {
        foreach (var (start, length) in _ranges)
        {
            _ = ProcessNative.Advise(start, length, ProcessNative.NotNeeded);
        }

        TakeoverRehearsal.Run();
    }

    /// <summary>The ranges that are as they are in their file. One of which anything was changed, as the linker does, would not come back as it was.</summary>
    /// <param name="lines">/proc/PID/smaps.</param>
    internal static IEnumerable<(nint Start, nuint Length)> Find(IEnumerable<string> lines)
    {
        string? candidate = null;
        foreach (string line in lines)
        {
            if (IsCleanFile(line))
            {
                candidate = line;
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
                    yield return RangeOf(candidate);
                }

                candidate = null;
            }
        }
    }

    /// <summary>Whether a line begins a mapping that nobody writes to, of a file: "from-to r-xp offset device inode /path".</summary>
    private static bool IsCleanFile(string line)
        => (line.Contains(ReadOnly, StringComparison.Ordinal) || line.Contains(Code, StringComparison.Ordinal)) && line.Contains(" /", StringComparison.Ordinal);

    private static (nint Start, nuint Length)[] FindOwn()
    {
        try
        {
            return [.. Find(File.ReadLines("/proc/self/smaps"))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A kernel without that file, or one that does not show it: nothing is given back.
            return [];
        }
    }

    private static (nint Start, nuint Length) RangeOf(string mapping)
    {
        int dash = mapping.IndexOf('-', StringComparison.Ordinal);
        int end = mapping.IndexOf(' ', StringComparison.Ordinal);
        ulong start = Hexadecimal(mapping.AsSpan(0, dash));
        return ((nint)start, (nuint)(Hexadecimal(mapping.AsSpan(dash + 1, end - dash - 1)) - start));
    }

    private static ulong Hexadecimal(ReadOnlySpan<char> text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
