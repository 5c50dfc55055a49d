using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Configuration.Trackers;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>What keepalived tracks becomes the same trackers here.</summary>
public sealed class KeepalivedTrackerTests
{
    private const string Head = "vrrp_instance A {\n interface eth0\n virtual_router_id 1\n";
    private const string Tail = "\n virtual_ipaddress {\n  192.0.2.1/24\n }\n}\n";

    [Fact]
    public void A_script_with_everything()
    {
        var c = Clean("vrrp_script chk {\n script \"/usr/bin/test -e '/run/a b'\"\n interval 2\n timeout 5\n weight -20 reverse\n rise 3\n fall 4\n user nobody daemon\n init_fail\n}\n"
            + Head + " track_script {\n chk\n }" + Tail);
        Assert.Equal(
            new ScriptTracker
            {
                Name = "chk", Command = ["/usr/bin/test", "-e", "/run/a b"], Interval = TimeSpan.FromSeconds(2), Timeout = TimeSpan.FromSeconds(5), Weight = -20, Reverse = true,
                Rise = 3, Fall = 4, User = "nobody:daemon", InitialState = TrackerStatus.Down,
            },
            Assert.Single(c.Trackers));
    }

    [Theory]
    [InlineData("weight 5", "chk", 5, false)]
    [InlineData("weight 5", "chk weight -7", -7, false)]
    [InlineData("weight 5 reverse", "chk weight 6", 6, true)]
    [InlineData("weight 5 reverse", "chk weight 6 noreverse", 6, false)]
    [InlineData("", "chk weight 0 reverse", 0, true)]
    [InlineData("", "chk", 0, false)]
    public void The_instances_weight_wins(string own, string line, int weight, bool reverse)
    {
        var c = Clean($"global_defs {{\n script_user root\n}}\nvrrp_script chk {{\n script /bin/true\n {own}\n}}\n{Head} track_script {{\n {line}\n }}{Tail}");
        var tracker = Assert.IsType<ScriptTracker>(Assert.Single(c.Trackers));
        Assert.Equal((weight, reverse, "root"), (tracker.Weight, tracker.Reverse, tracker.User));
    }

    [Fact]
    public void A_script_defined_below_and_a_user_named_below_are_found()
    {
        var c = Clean($"{Head} track_script {{\n chk\n }}{Tail}vrrp_script chk {{\n script /bin/true x y\n}}\nglobal_defs {{\n script_user nobody\n}}\n");
        var tracker = Assert.IsType<ScriptTracker>(Assert.Single(c.Trackers));
        Assert.Equal(("/bin/true, x, y", "nobody"), (tracker.Command.ToString(), tracker.User));
    }

    [Fact]
    public void Interfaces_files_and_processes()
    {
        var c = Clean("vrrp_track_file load {\n file \"/run/load\"\n weight -2\n}\ntrack_file plain {\n file /run/plain\n}\n"
            + "vrrp_track_process web {\n process nginx\n quorum 2\n quorum_max 9\n weight 10\n terminate_delay 1.5\n}\n"
            + Head + " track_interface {\n eth1\n eth2 weight -10\n eth3 weight 0\n eth4 weight 5 reverse\n }\n track_file {\n load\n plain weight 3\n }\n track_process {\n web\n }" + Tail);
        Assert.Equal("eth1, eth3", c.TrackInterfaces.ToString());
        Assert.Equal<TrackerConfiguration>(
            [
                new InterfaceTracker { Name = "eth2", InterfaceName = "eth2", Weight = -10 },
                new InterfaceTracker { Name = "eth4", InterfaceName = "eth4", Weight = 5, Reverse = true },
                new FileTracker { Name = "load", Path = "/run/load", Weight = -2 },
                new FileTracker { Name = "plain", Path = "/run/plain", Weight = 3 },
                new ProcessTracker { Name = "web", ProcessName = "nginx", Quorum = 2, QuorumMaximum = 9, Weight = 10, TerminateDelay = TimeSpan.FromSeconds(1.5) },
            ],
            c.Trackers);
    }

    [Fact]
    public void The_same_name_for_two_kinds_is_kept_apart()
    {
        var c = Clean($"vrrp_track_file x {{\n file /run/x\n}}\nvrrp_track_process x {{\n process x\n}}\n{Head} track_file {{\n x\n }}\n track_process {{\n x\n }}{Tail}");
        Assert.Equal(["x", "process-x"], c.Trackers.Select(static tracker => tracker.Name));
    }

    [Theory]
    [InlineData("track_script {\n  nothing\n }", 5, 3, ConfigurationCodes.InvalidValue)]
    [InlineData("track_interface {\n  eth1 eth2\n }", 5, 8, ConfigurationCodes.UnknownKeyword)]
    [InlineData("track_interface {\n  eth1 weight 300\n }", 5, 15, ConfigurationCodes.InvalidValue)]
    [InlineData("track_interface {\n  eth1 weight 30 backwards\n }", 5, 18, ConfigurationCodes.InvalidValue)]
    public void Mistakes_are_found_where_they_stand(string lines, int line, int column, string code)
    {
        var d = Assert.Single(Read(Head + " " + lines + Tail).Diagnostics);
        Assert.Equal((ConfigurationSeverity.Error, code, line, column), (d.Severity, d.Code, d.Line, d.Column));
    }

    [Fact]
    public void Parameters_of_a_process_are_carried_and_a_script_without_user_is_explained()
    {
        var result = Read("vrrp_track_process web {\n process /sbin/nginx -g \"x y\"\n param_match partial\n delay 2\n}\nvrrp_script s {\n script /bin/true\n}\n" + Head + " track_process {\n web\n }\n track_script {\n s\n }" + Tail);
        Assert.Equal([(6, ConfigurationCodes.Advice)], result.Diagnostics.Select(static d => (d.Line, d.Code)));
        Assert.Equal(
            new ProcessTracker
            {
                Name = "web", ProcessName = "/sbin/nginx", FullCommand = true, Arguments = ["-g", "x y"], ArgumentMatch = ArgumentMatch.Partial,
                ForkDelay = TimeSpan.FromSeconds(2), TerminateDelay = TimeSpan.FromSeconds(2), Weight = 1,
            },
            Assert.Single(result.Document.Instances).Trackers[0]);
    }

    [Theory]
    [InlineData("process /sbin/nginx", "nginx", false, ArgumentMatch.None)]
    [InlineData("process /sbin/nginx\n full_command", "/sbin/nginx", true, ArgumentMatch.None)]
    [InlineData("param_match\n process nginx", "nginx", true, ArgumentMatch.Exact)]
    [InlineData("param_match initial\n process nginx -g", "nginx", true, ArgumentMatch.Initial)]
    [InlineData("process nginx -g", "nginx", true, ArgumentMatch.Exact)]
    public void What_of_a_command_line_counts(string lines, string name, bool full, ArgumentMatch match)
    {
        var c = Clean($"vrrp_track_process web {{\n {lines}\n}}\n{Head} track_process {{\n web\n }}{Tail}");
        var process = Assert.IsType<ProcessTracker>(Assert.Single(c.Trackers));
        Assert.Equal((name, full, match), (process.ProcessName, process.FullCommand, process.ArgumentMatch));
    }

    [Theory]
    [InlineData("a b", "a|b")]
    [InlineData("  a\t b ", "a|b")]
    [InlineData("a 'b c' d", "a|b c|d")]
    [InlineData("a \"b c\"d", "a|b cd")]
    [InlineData("a b\\ c", "a|b c")]
    [InlineData("a '' b", "a||b")]
    [InlineData("", "")]
    public void A_command_line_is_split_without_a_shell(string text, string words)
        => Assert.Equal(words, string.Join('|', KeepalivedScript.Split(text) ?? []));

    private static InstanceConfiguration Clean(string text)
    {
        var result = Read(text);
        Assert.Empty(result.Diagnostics);
        return Assert.Single(result.Document.Instances);
    }

    private static ConfigurationResult Read(string text) => KeepalivedReader.Read(text, "k.conf");
}
