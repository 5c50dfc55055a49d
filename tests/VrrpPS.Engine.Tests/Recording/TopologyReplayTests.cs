using VrrpPS.Engine.Recording;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Recording;

/// <summary>
/// Three nodes each, recorded on a real segment by <see cref="TopologyRecordingTests"/>, replayed here without one. A machine that
/// answers otherwise than when it was recorded fails with line and difference. When that is meant, VRRPPS_UPDATE_TOPOLOGIES=1
/// writes its answers into the files, for a reviewer to see.
/// </summary>
public sealed class TopologyReplayTests
{
    /// <summary>Each topology with its Master after every step: the number of the node, or - for none.</summary>
    public static TheoryData<string, string> Topologies => new()
    {
        { "v3-failover", "0 0 0 1 0 -" },
        { "v2-failover", "0 0 0 1 0 -" },
        { "v3-hand-over", "0 0 0 1 0 1 -" },
        { "v3-preempt", "2 2 0 2 0 -" },
        { "v6-hand-over", "0 0 0 1 0 1 -" },
    };

    [Theory]
    [MemberData(nameof(Topologies))]
    public void A_recorded_topology_replays(string name, string masters)
    {
        var lines = RecordingReader.Read(TopologyFiles.Built(name)).ToArray();
        var replay = new RecordingReplay();
        var answered = new List<RecordingLine>();
        var seen = new List<string>();
        ReplayMismatch? first = null;
        foreach (var line in lines)
        {
            if (line is RecordedMark { Step: > 1 })
            {
                seen.Add(Master(replay));
            }

            first = replay.Take(line) is { } mismatch ? first ?? mismatch : first;
            answered.Add(line is RecordedStep step ? step with { Effects = replay.LastEffects } : line);
        }

        seen.Add(Master(replay));
        if (Environment.GetEnvironmentVariable("VRRPPS_UPDATE_TOPOLOGIES") == "1")
        {
            File.WriteAllText(TopologyFiles.Source(name), TopologyFiles.Text(answered));
        }
        else
        {
            Assert.True(first is null, first?.ToString());
        }

        Assert.Equal(masters, string.Join(' ', seen));
        Assert.Equal(3, replay.Routers.Count);
        Assert.Equal(0, replay.Skipped + replay.Lost);
        Assert.Equal(Enumerable.Range(1, seen.Count), lines.OfType<RecordedMark>().Select(static mark => mark.Step));
    }

    [Fact]
    public void Every_recorded_topology_is_replayed()
        => Assert.Equal(
            Topologies.Select(static row => row.Data.Item1).Order(),
            Directory.GetFiles(Path.GetDirectoryName(TopologyFiles.Built("x"))!).Select(static file => Path.GetFileNameWithoutExtension(file)!).Order());

    [Fact]
    public void A_topology_is_written_as_it_was_read()
    {
        string name = Topologies.First().Data.Item1;
        Assert.Equal(File.ReadAllText(TopologyFiles.Built(name)), TopologyFiles.Text(RecordingReader.Read(TopologyFiles.Built(name))));
    }

    private static string Master(RecordingReplay replay)
    {
        string[] masters = [.. replay.Routers.Where(static router => router.Value.State == RouterState.Master).Select(static router => router.Key[^1..])];
        return masters.Length == 0 ? "-" : string.Join('+', masters);
    }
}
