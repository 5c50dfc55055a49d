using System.Globalization;
using System.Text;

namespace VrrpPS.Engine.Linux;

/// <summary>Looks at other processes through /proc. Any of them may end at any time; that is not an error.</summary>
internal static class ProcessTable
{
    /// <summary>The numbers of all visible processes.</summary>
    public static IEnumerable<int> ProcessIds()
    {
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
            {
                yield return pid;
            }
        }
    }

    /// <summary>The kernel's name of the process (at most 15 bytes), or null when it is gone.</summary>
    public static string? Name(int pid)
    {
        // Of every process, where one is looked for: no reader and no buffer for the few bytes.
        const int longest = 16;
        try
        {
            using var file = File.OpenHandle($"/proc/{pid}/comm", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> name = stackalloc byte[longest];
            return Encoding.UTF8.GetString(name[..RandomAccess.Read(file, name, fileOffset: 0)].TrimEnd((byte)'\n'));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The command with its arguments, at most 200 characters; its name when it has none.</summary>
    public static string CommandLine(int pid)
    {
        const int longest = 200;
        string? text = Read($"/proc/{pid}/cmdline")?.Replace('\0', ' ').Trim();
        if (string.IsNullOrEmpty(text))
        {
            text = Name(pid) ?? "gone meanwhile";
        }

        return text.Length > longest ? string.Concat(text.AsSpan(0, longest), "...") : text;
    }

    /// <summary>The words of the command, the program first; empty for a kernel thread and for one that is gone.</summary>
    public static string[] Arguments(int pid)
        => Read($"/proc/{pid}/cmdline") is { Length: > 0 } text ? (text.EndsWith('\0') ? text[..^1] : text).Split('\0') : [];

    /// <summary>Whether the process still runs: neither gone nor a zombie that waits to be collected.</summary>
    public static bool IsAlive(int pid)
    {
        // The state follows the name, which is in parentheses and may contain some.
        string? status = Read($"/proc/{pid}/stat");
        int end = status?.LastIndexOf(')') ?? -1;
        return end > 0 && end + 2 < status!.Length && status[end + 2] is not ('Z' or 'X');
    }

    /// <summary>What identifies the process's network namespace (<c>net:[N]</c>), or null when it is gone or hidden.</summary>
    public static string? NetworkNamespaceOf(string process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/ns/net").LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
