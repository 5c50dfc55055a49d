using System.Globalization;

namespace VrrpPS.Bench.Nodes;

/// <summary>Who is whose child.</summary>
internal static class ProcessTree
{
    /// <summary>The children of a process.</summary>
    public static List<int> ChildrenOf(int pid)
    {
        var children = new List<int>();
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int candidate)
                && ParentOf(candidate) == pid)
            {
                children.Add(candidate);
            }
        }

        return children;
    }

    /// <summary>The children of a process, their children, and so on.</summary>
    public static List<int> DescendantsOf(int pid)
    {
        var found = ChildrenOf(pid);
        for (int i = 0; i < found.Count; i++)
        {
            found.AddRange(ChildrenOf(found[i]));
        }

        return found;
    }

    /// <summary>The directories of a process's threads.</summary>
    public static IEnumerable<string> TasksOf(int pid) => Directory.EnumerateDirectories($"/proc/{pid}/task");

    private static int ParentOf(int pid)
    {
        try
        {
            // "pid (name) state ppid ...", where the name may contain anything.
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It ended between the listing and the reading.
            return -1;
        }
    }
}
