using System.Globalization;
using System.Runtime.InteropServices;

namespace VrrpPS.Bench.Layout;

/// <summary>
/// What lies on the stacks of a process's threads: among other things the addresses that methods will return to. Only of threads that wait
/// in the kernel; those of a service nearly always do.
/// </summary>
internal static class ThreadStacks
{
    /// <summary>More than this deep no thread of a service waits; a stack's mapping may be megabytes.</summary>
    private const int Deepest = 64 * 1024;

    /// <summary>Every word of them, from the top of each stack down to where it began.</summary>
    public static IEnumerable<ulong> WordsOf(int process)
    {
        (ulong Start, ulong End)[] mappings = [.. File.ReadLines($"/proc/{process}/maps").Select(static line => line.Split([' ', '-'], 3)).Select(static parts => (Hexadecimal(parts[0]), Hexadecimal(parts[1])))];
        using var memory = File.OpenHandle($"/proc/{process}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        foreach (string thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            string[] call = CallOf(thread);
            if (call.Length < 3)
            {
                continue;
            }

            ulong pointer = Hexadecimal(call[^2].AsSpan(2));
            ulong end = mappings.FirstOrDefault(mapping => pointer >= mapping.Start && pointer < mapping.End).End;
            byte[] stack = new byte[Math.Min(Deepest, end < pointer ? 0 : end - pointer)];
            int length = RandomAccess.Read(memory, stack, (long)pointer);
            foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(stack.AsSpan(0, length)).ToArray())
            {
                yield return word;
            }
        }
    }

    /// <summary>The call's number, six arguments, the stack pointer and the instruction pointer; "running" otherwise, nothing when it has ended.</summary>
    private static string[] CallOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "syscall")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static ulong Hexadecimal(ReadOnlySpan<char> text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
