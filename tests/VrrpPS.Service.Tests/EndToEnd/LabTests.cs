using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Tool.Lab;
using VrrpPS.Service.Native;
using Xunit;

namespace VrrpPS.Service.Tests.EndToEnd;

/// <summary><c>vrrpps lab</c> as a user runs it.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class LabTests
{
    public LabTests(NamespaceFixture fixture) => Assert.SkipUnless(fixture.SkipReason is null, fixture.SkipReason ?? string.Empty);

    [Fact]
    [Trait("Lane", "Namespace")]
    public async Task The_scenario_elects_fails_over_comes_back_and_cleans_up()
    {
        await using var lab = ServiceProcess.Start("lab");
        var pid = lab.ProcessId;

        Assert.True(await lab.EndAsync() == 0, $"{string.Join('\n', lab.Output)}\n{lab.Error}");

        Story(lab, "took over          node2 (192.168.31.201, priority 199)", "from the bound", "node1 took the role back", "ping outage        none");
        NothingIsLeftOf(pid);
    }

    [Fact]
    [Trait("Lane", "Interop")]
    public async Task The_scenario_works_with_a_real_keepalived_in_the_middle()
    {
        Assert.SkipUnless(KeepalivedNode.FindVersion() is not null, "keepalived is not installed");
        await using var lab = ServiceProcess.Start("lab", "--with-keepalived");
        var pid = lab.ProcessId;

        Assert.True(await lab.EndAsync() == 0, $"{string.Join('\n', lab.Output)}\n{lab.Error}");

        Story(lab, "Keepalived v", "took over          node2 (192.168.31.201, priority 199)", "node1 took the role back");
        NothingIsLeftOf(pid);
    }

    [Theory]
    [Trait("Lane", "Namespace")]
    [InlineData(ProcessNative.SigInt)]
    [InlineData(ProcessNative.SigTerm)]
    public async Task An_interrupted_lab_cleans_up(int signal)
    {
        await using var lab = ServiceProcess.Start("lab");
        await lab.WaitForAsync(() => lab.Output.Any(line => line.Contains("node1", StringComparison.Ordinal) && line.Contains("Backup", StringComparison.Ordinal)));

        lab.Signal(signal);

        Assert.Equal(1, await lab.EndAsync());
        Assert.Contains("the lab was interrupted", lab.Error, StringComparison.Ordinal);
        NothingIsLeftOf(lab.ProcessId);
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public async Task What_a_killed_lab_leaves_behind_the_next_one_removes()
    {
        int killed;
        await using (var lab = ServiceProcess.Start("lab"))
        {
            await lab.WaitForAsync(() => lab.Output.Any(line => line.Contains("Backup", StringComparison.Ordinal)));
            killed = lab.ProcessId;
            // Not after its death: a lab of another checkout may be quicker than ours.
            Assert.Contains(NetworkNamespace.ListNames(), name => IsOf(name, killed));
            await lab.KillAsync();
        }

        await using var next = ServiceProcess.Start("lab");
        await next.WaitForAsync(() => next.Output.Any(line => line.Contains("The election", StringComparison.Ordinal)));

        NothingIsLeftOf(killed);
        next.Signal(ProcessNative.SigInt);
        Assert.Equal(1, await next.EndAsync());
    }

    private static void Story(ServiceProcess lab, params string[] expected)
    {
        var story = string.Join('\n', lab.Output);
        Assert.All(expected, text => Assert.Contains(text, story, StringComparison.Ordinal));
        Assert.All(lab.Output, line => Assert.InRange(line.Length, 0, 80));
    }

    private static void NothingIsLeftOf(int pid)
    {
        Assert.DoesNotContain(NetworkNamespace.ListNames(), name => IsOf(name, pid));
        Assert.DoesNotContain(Directory.GetDirectories(Path.GetTempPath()), path => IsOf(Path.GetFileName(path), pid));
        Assert.DoesNotContain(Directory.GetDirectories("/proc"), process => NamesLab(process, pid));
    }

    private static bool IsOf(string name, int pid) => LabNames.TryGetOwner(name, out var owner) && owner.ProcessId == pid;

    private static bool NamesLab(string process, int pid)
    {
        try
        {
            return LabNames.TryFindOwner(File.ReadAllText(Path.Combine(process, "cmdline")), out var owner) && owner.ProcessId == pid;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not a process, or one that has just ended.
            return false;
        }
    }
}
