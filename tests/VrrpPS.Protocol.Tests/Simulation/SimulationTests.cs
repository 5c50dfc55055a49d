using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>
/// Segments of two to six routers under everything that goes wrong. <c>VRRPPS_SIM_FAILOVERS</c> asks for more than the usual
/// hundred thousand, <c>VRRPPS_SIM_SEED</c> runs one seed and writes its recording.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int UsualFailovers = 100_000;

    [Fact]
    public void The_invariants_hold_over_a_hundred_thousand_failovers()
    {
        if (ulong.TryParse(Environment.GetEnvironmentVariable("VRRPPS_SIM_SEED"), CultureInfo.InvariantCulture, out ulong one))
        {
            RunOne(one, alwaysRecord: true);
            return;
        }

        if (!long.TryParse(Environment.GetEnvironmentVariable("VRRPPS_SIM_FAILOVERS"), CultureInfo.InvariantCulture, out long wanted))
        {
            wanted = UsualFailovers;
        }

        var clock = Stopwatch.StartNew();
        long failovers = 0;
        long events = 0;
        ulong seed = 0;
        for (; failovers < wanted; seed++)
        {
            var (takeovers, handled) = RunOne(seed, alwaysRecord: false);
            failovers += takeovers;
            events += handled;
        }

        output.WriteLine($"{failovers} failovers on {seed} segments, {events} events, in {clock.Elapsed.TotalSeconds:F1} s");
    }

    [Fact]
    public void The_same_seed_gives_the_same_world()
        => Assert.Equal(Record(7), Record(7));

    [Fact]
    public void Another_seed_gives_another_world()
        => Assert.NotEqual(Record(7), Record(8));

    private static string Record(ulong seed)
    {
        var recorder = new Recorder();
        new Scenario(new World(seed, new WorldOptions { Recorder = recorder })).Run();
        return recorder.ToString();
    }

    private (int Takeovers, long Events) RunOne(ulong seed, bool alwaysRecord)
    {
        try
        {
            var world = new World(seed, new WorldOptions());
            int takeovers = new Scenario(world).Run();
            if (alwaysRecord)
            {
                WriteRecording(seed);
            }

            return (takeovers, world.EventCount);
        }
        catch (InvariantViolationException violation)
        {
            string file = WriteRecording(seed);
            Assert.Fail($"VRRPPS_SIM_SEED={seed} breaks {violation.Message}\nsegment: {new World(seed, new WorldOptions()).Shape}\nrecording: {file}");
            throw;
        }
    }

    // The world is run again, because a recording of every world would be most of the work.
    private string WriteRecording(ulong seed)
    {
        var recorder = new Recorder();
        try
        {
            new Scenario(new World(seed, new WorldOptions { Recorder = recorder })).Run();
        }
        catch (InvariantViolationException)
        {
            output.WriteLine("The recording ends with the violation.");
        }

        string file = Path.Combine(AppContext.BaseDirectory, $"simulation-{seed}.jsonl");
        File.WriteAllText(file, recorder.ToString());
        output.WriteLine(file);
        return file;
    }
}
