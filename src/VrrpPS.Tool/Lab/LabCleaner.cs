using System.Globalization;
using VrrpPS.Service.Native;
using VrrpPS.Tool.Commands;

namespace VrrpPS.Tool.Lab;

/// <summary>Removes what labs left behind whose process is gone: child processes, namespaces, files.</summary>
internal static class LabCleaner
{
    /// <summary>Removes it.</summary>
    /// <returns>The names of the namespaces removed.</returns>
    public static IReadOnlyList<string> RemoveLeftovers()
    {
        foreach (var pid in FindOrphanedProcesses())
        {
            _ = ProcessNative.Kill(pid, ProcessNative.SigKill);
        }

        var removed = new List<string>();
        foreach (var name in LabNetwork.ListNamespaces())
        {
            if (LabNames.TryGetOwner(name, out var owner) && !owner.IsAlive)
            {
                LabNetwork.DeleteNamespace(name);
                removed.Add(name);
            }
        }

        foreach (var directory in Directory.GetDirectories(Path.GetTempPath(), "vrrpps-lab-*"))
        {
            if (LabNames.TryGetOwner(Path.GetFileName(directory), out var owner) && !owner.IsAlive)
            {
                TryDelete(directory);
            }
        }

        return removed;
    }

    private static void TryDelete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's leftover: theirs to remove, and in nobody's way.
            return;
        }
    }

    // A node's process names its lab in its arguments (--namespace, --config).
    private static IEnumerable<int> FindOrphanedProcesses()
    {
        foreach (var directory in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && pid != Environment.ProcessId
                && ReadArguments(pid) is { } arguments
                && IsNodeProgram(arguments)
                && LabNames.TryFindOwner(arguments, out var owner)
                && !owner.IsAlive)
            {
                yield return pid;
            }
        }
    }

    private static bool IsNodeProgram(string arguments)
    {
        var program = Path.GetFileName(arguments.Split('\0', 2)[0]);
        return program is "vrrpps" or DaemonProgram.Name or "dotnet" or "keepalived";
    }

    private static string? ReadArguments(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone, or another user's.
            return null;
        }
    }
}
