using System.Text;
using VrrpPS.Engine.Recording;

namespace VrrpPS.Engine.Tests.Recording;

/// <summary>The recorded topologies of tests/conformance.</summary>
internal static class TopologyFiles
{
    /// <summary>Where the tests find a topology.</summary>
    public static string Built(string name) => Path.Combine(AppContext.BaseDirectory, "Recording", "Topologies", name + ".jsonl");

    /// <summary>Where a topology is kept in the sources.</summary>
    public static string Source(string name)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "VrrpPS.sln")))
            {
                return Path.Combine(directory.FullName, "tests", "conformance", "topologies", name + ".jsonl");
            }
        }

        throw new InvalidOperationException($"No VrrpPS.sln above {AppContext.BaseDirectory}: the sources are not there to be written.");
    }

    /// <summary>Lines as the recorder writes them.</summary>
    public static string Text(IEnumerable<RecordingLine> lines)
    {
        using var writer = new RecordingLines();
        foreach (var line in lines)
        {
            switch (line)
            {
                case RecordedHeader header:
                    writer.Add(header.Header);
                    break;
                case RecordedStep step:
                    writer.Add(step);
                    break;
                case RecordedMark mark:
                    writer.Add(mark);
                    break;
            }
        }

        return Encoding.UTF8.GetString(writer.Bytes);
    }
}
