using System.CommandLine.Help;
using System.Net;
using VrrpPS.Engine.Linux.Scheduling;
using VrrpPS.Service.Events;
using VrrpPS.Service.Run;
using VrrpPS.Tool.Commands;
using Xunit;

namespace VrrpPS.Service.Tests.Run;

/// <summary>What <c>vrrpps run</c> hands on to <c>vrrppsd</c>.</summary>
public sealed class RunArgumentsTests
{
    private static readonly RunOptions s_least = new() { ConfigurationPath = "/etc/vrrpps" };

    [Fact]
    public void Everything_that_can_be_asked_for_arrives()
    {
        var asked = Everything();

        var read = RunArguments.Read(RunArguments.Write(asked));

        Assert.Equal(asked.InterfaceRenames, read.InterfaceRenames);
        Assert.Equal(asked.Scheduling.Processors!.Text, read.Scheduling.Processors!.Text);
        Assert.Equal(Comparable(asked), Comparable(read));
    }

    [Fact]
    public void What_was_not_asked_for_does_not_arrive()
    {
        var read = RunArguments.Read(RunArguments.Write(s_least));

        Assert.Empty(read.InterfaceRenames);
        Assert.Equal(Comparable(s_least), Comparable(read));
    }

    [Fact]
    public void Each_argument_is_an_option_of_run_and_each_option_of_run_is_an_argument()
    {
        var run = new RunCommand(new CommandServices(static _ => throw new InvalidOperationException(), static (_, _) => { }));
        var arguments = RunArguments.Write(Everything() with { SocketPath = "/s" });

        Assert.Empty(run.Parse([.. arguments]).Errors);
        Assert.Equal(
            run.Options.Where(static option => option is not HelpOption).Select(static option => option.Name).Order(StringComparer.Ordinal),
            arguments.Where(static argument => argument.StartsWith("--", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(EventFormat.Text)]
    [InlineData(EventFormat.Json)]
    [InlineData(EventFormat.Journal)]
    internal void Each_way_to_write_events_arrives(EventFormat format)
        => Assert.Equal(format, RunArguments.Read(RunArguments.Write(s_least with { Events = format })).Events);

    [Fact]
    public void Path_that_is_empty_is_for_the_configuration_to_refuse()
        => Assert.Empty(RunArguments.Read(RunArguments.Write(s_least with { ConfigurationPath = string.Empty })).ConfigurationPath);

    [Theory]
    [InlineData("--socket /s", "--config")]
    [InlineData("--config", "'--config' has no value")]
    [InlineData("--config /c --fly high", "--fly high")]
    [InlineData("--config /c --interface eth0", "--interface eth0")]
    [InlineData("--config /c --interface =eth0", "--interface =eth0")]
    [InlineData("--config /c --events xml", "--events xml")]
    [InlineData("--config /c --events 7", "--events 7")]
    [InlineData("--config /c --realtime-priority 100", "--realtime-priority 100")]
    [InlineData("--config /c --processors x", "--processors x")]
    [InlineData("--config /c --metrics-listen here", "--metrics-listen here")]
    public void What_it_does_not_write_it_does_not_read(string line, string culprit)
    {
        var exception = Assert.Throws<FormatException>(() => RunArguments.Read(line.Split(' ')));

        Assert.Contains(culprit, exception.Message, StringComparison.Ordinal);
    }

    private static RunOptions Everything() => new()
    {
        ConfigurationPath = "/etc/with blank",
        NetworkNamespace = "blue",
        InterfaceRenames = new Dictionary<string, string>(StringComparer.Ordinal) { ["ens33"] = "eth0" },
        ConfigId = "node1",
        AllowPartial = true,
        SocketPath = "--odd",
        Group = "adm",
        Events = EventFormat.Journal,
        RecordingPath = "/r",
        MetricsAddress = IPEndPoint.Parse("[::1]:9765"),
        MetricsFile = "/m",
        OtlpEndpoint = "http://c:4318",
        Scheduling = new LoopScheduling { RealTimePriority = 50, LockMemory = true, Processors = ProcessorSet.TryParse("2-3,6", out var set) ? set : null },
    };

    /// <summary>Without what is compared by what it has in it.</summary>
    private static RunOptions Comparable(RunOptions options) => options with
    {
        InterfaceRenames = s_least.InterfaceRenames,
        Scheduling = options.Scheduling with { Processors = null },
    };
}
