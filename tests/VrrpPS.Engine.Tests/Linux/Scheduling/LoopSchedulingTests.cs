using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Scheduling;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux.Scheduling;

/// <summary>What the kernel makes of a wish. Real-time priority takes root here, as it does for a service.</summary>
[Trait("Lane", "Namespace")]
public sealed class LoopSchedulingTests
{
    // /proc/thread-self/stat, counted from 0 behind the name: rt_priority and policy (fields 40 and 41 of proc_pid_stat(5)).
    private const int PriorityField = 40 - 3;
    private const int PolicyField = 41 - 3;
    private const string Fifo = "1";
    private const string Other = "0";

    [Fact]
    public void A_loop_runs_at_its_priority_and_what_it_starts_does_not()
    {
        RequiresRoot.OrSkip();
        var scheduling = new LoopScheduling { RealTimePriority = 7 };

        var (refusals, own, child) = DedicatedThread.Run(() => (scheduling.Apply(), Stat(), DedicatedThread.Run(Stat)));

        Assert.Empty(refusals);
        Assert.Equal("7", own[PriorityField]);
        Assert.Equal(Fifo, own[PolicyField]);
        Assert.Equal(Other, child[PolicyField]);
        Assert.Equal(Other, Stat()[PolicyField]);
    }

    [Fact]
    public void A_loop_runs_on_its_processors_only()
    {
        Assert.True(ProcessorSet.TryParse("0", out var first));

        var (refusals, allowed) = DedicatedThread.Run(() => (new LoopScheduling { Processors = first }.Apply(), Status("Cpus_allowed_list")));

        Assert.Empty(refusals);
        Assert.Equal("0", allowed);
    }

    [Fact]
    public void A_processor_that_is_not_there_is_refused_with_what_there_is()
    {
        Assert.True(ProcessorSet.TryParse("1023", out var missing));

        string refusal = Assert.Single(new LoopScheduling { Processors = missing }.Prepare());

        Assert.Contains("EINVAL", refusal, StringComparison.Ordinal);
        Assert.Contains($"This machine has {Environment.ProcessorCount}", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Ordinary_asks_for_nothing() => Assert.Empty(LoopScheduling.Ordinary.Prepare());

    private static string[] Stat()
    {
        string text = File.ReadAllText("/proc/thread-self/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static string Status(string name) => File.ReadLines("/proc/thread-self/status")
        .Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();
}
