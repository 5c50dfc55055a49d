using System.Globalization;
using VrrpPS.Service.Native;

namespace VrrpPS.Service.Run;

/// <summary>
/// The read-only data of the program's own file: at the start the tables of its types are unpacked from there and the heap's roots are
/// looked up in it, later nearly none of it is needed. Given back it costs this process no memory; what is read all the same comes back
/// by itself, from the file or its cache. Code is never given back: a takeover runs through much of that, and reads little data. Who wants
/// neither to be read anew, however short of memory the machine is, locks the memory (--lock-memory): then nothing is given back.
/// </summary>
internal sealed class UnpackedPages
{
    private const string ReadOnly = " r--p ", Changed = "Anonymous:", ChangedAndSwapped = "Swap:", Nothing = " 0 kB";

    // Found once: reading it leaves more garbage than giving back is worth.
    private readonly (nint Start, nuint Length)[] _ranges = FindOwn();

    /// <summary>Gives them back. Where that is not possible (locked memory) they stay.</summary>
    public void Release()
    {
        foreach (var (start, length) in _ranges)
        {
            _ = ProcessNative.Advise(start, length, ProcessNative.NotNeeded);
        }
    }

    /// <summary>The ranges that are as they are in the file. One of which anything was changed, as the linker does, would not come back as it was.</summary>
    /// <param name="lines">/proc/PID/smaps.</param>
    /// <param name="program">The program's path.</param>
    internal static IEnumerable<(nint Start, nuint Length)> Find(IEnumerable<string> lines, string program)
    {
        string? candidate = null;
        foreach (string line in lines)
        {
            if (line.EndsWith(program, StringComparison.Ordinal))
            {
                candidate = line.Contains(ReadOnly, StringComparison.Ordinal) ? line : null;
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

    private static (nint Start, nuint Length)[] FindOwn()
    {
        try
        {
            return Environment.ProcessPath is { } program ? [.. Find(File.ReadLines("/proc/self/smaps"), program)] : [];
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
