using System.CommandLine;
using VrrpPS.Engine.Runtime;
using VrrpPS.Tool.Commands;
using Xunit;

namespace VrrpPS.Service.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vrrpps-test-");

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        _directory.Delete(recursive: true);
    }

    public static TheoryData<string, string> BadLines => new()
    {
        { "run", "--config" },
        { "check", "--config" },
        { "sweep", "--config" },
        { "watch", "--interface" },
        { "run --config a.conf --interface ens33", "OLD=NEW" },
        { "run --config a.conf --interface =eth0", "OLD=NEW" },
        { "run --config a.conf --interface ens33=", "OLD=NEW" },
        { "run --config a.conf --interface a=b --interface a=c", "'a' is renamed twice" },
        { "run --config a.conf --events xml", "xml" },
        { "run --config a.conf surplus", "surplus" },
        { "fly", "fly" },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public async Task A_command_line_that_cannot_be_understood_is_code_2_and_names_the_culprit(string line, string culprit)
    {
        Assert.Equal(2, await InvokeAsync(line.Split(' ')));
        Assert.Contains(culprit, _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run --help")]
    [InlineData("check --help")]
    [InlineData("state --help")]
    [InlineData("watch --help")]
    [InlineData("sweep --help")]
    [InlineData("lab --help")]
    public async Task Help_is_no_error(string line)
    {
        Assert.Equal(0, await InvokeAsync(line.Split(' ')));
        Assert.Contains("Usage:", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("node2", "priority 90")]
    [InlineData("node1", "priority 100")]
    public async Task The_identity_chooses_conditional_lines(string id, string shown)
    {
        string path = Write("vrrp_instance A {\n interface eth0\n virtual_router_id 41\n@node1 priority 100\n@node2 priority 90\n virtual_ipaddress { 192.0.2.1 }\n}\n");
        Assert.Equal(0, await InvokeAsync("check", "--config", path, "--config-id", id));
        Assert.Contains(shown, _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_without_a_service_says_so_and_what_to_do()
    {
        var path = Path.Combine(_directory.FullName, "none.sock");

        Assert.Equal(3, await InvokeAsync("state", "--socket", path));

        Assert.Contains($"vrrpps: ServiceUnreachable: No vrrpps service answers on '{path}'", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("systemctl status vrrpps", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_tells_the_exit_codes_and_signals()
    {
        await InvokeAsync("--help");

        var help = _output.ToString();
        Assert.Contains("Exit codes:", help, StringComparison.Ordinal);
        Assert.Contains("SIGHUP reloads", help, StringComparison.Ordinal);
        Assert.DoesNotContain("--in-user-namespace", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_accepts_a_good_configuration_and_says_what_it_read()
    {
        var path = Write("vrrp_instance web {\n interface ens33\n virtual_router_id 41\n priority 150\n virtual_ipaddress {\n 192.0.2.1/24\n }\n}\n");

        Assert.Equal(0, await InvokeAsync("check", "--config", path, "--interface", "ens33=eth0"));
        Assert.Equal("web: eth0, VRID 41, priority 150, 192.0.2.1/24", _output.ToString().Trim());
    }

    [Fact]
    public async Task Check_warns_of_what_a_good_configuration_can_still_have_wrong()
    {
        var path = Write("vrrp_instance web {\n interface ens33\n virtual_router_id 51\n virtual_ipaddress {\n 192.0.2.1/24\n }\n}\n");

        Assert.Equal(0, await InvokeAsync("check", "--config", path));
        Assert.StartsWith($"{path}:1:1: warning: virtual router 51 (IPv4): Virtual router id 51 is the one that examples use", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_lists_errors_by_file_line_and_column()
    {
        var path = Write("vrrp_instance web {\n interface ens33\n virtual_router_id 999\n virtual_ipaddress {\n 192.0.2.1/24\n }\n}\n");

        Assert.Equal(1, await InvokeAsync("check", "--config", path));
        Assert.Matches($@"(?m)^{System.Text.RegularExpressions.Regex.Escape(path)}:3:\d+: ", _error.ToString());
        Assert.Contains("vrrpps: ConfigurationSyntax: ", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("run")]
    [InlineData("sweep")]
    public async Task A_file_that_is_not_there_is_named(string command)
    {
        var path = Path.Combine(_directory.FullName, "missing.conf");

        Assert.Equal(1, await InvokeAsync(command, "--config", path));
        Assert.StartsWith("vrrpps: ConfigurationUnreadable: ", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains(path, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_without_instances_is_refused()
    {
        Assert.Equal(1, await InvokeAsync("check", "--config", Write("global_defs {\n}\n")));
        Assert.Contains("vrrpps: NoInstances: ", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_to_write_events_that_is_not_there_is_named()
    {
        Assert.Equal(2, await InvokeAsync("run", "--config", "x.conf", "--events", "xml"));
        Assert.Contains("'xml' is no way to write events. Write --events text, --events json or --events journal.", _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("EventFormat", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_about_the_command_line_has_a_place_that_tools_can_read()
    {
        var path = Write("vrrp_instance web {\n interface ens33\n virtual_router_id 41\n virtual_ipaddress {\n 192.0.2.1/24\n }\n}\n");

        Assert.Equal(0, await InvokeAsync("check", "--config", path, "--interface", "eth9=eth0"));
        Assert.StartsWith($"{path}:1:1: warning: Nothing here uses interface 'eth9'", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_refuses_a_socket_it_cannot_bind_before_it_starts_anything()
    {
        var path = Write("vrrp_instance web {\n interface ens33\n virtual_router_id 41\n virtual_ipaddress {\n 192.0.2.1/24\n }\n}\n");

        Assert.Equal(3, await InvokeAsync("run", "--config", path, "--socket", "/proc/none/x.sock"));
        Assert.Contains("vrrpps: ControlSocketUnusable: ", _error.ToString(), StringComparison.Ordinal);
    }

    private static IVrrpEngine NoEngine(EngineOptions options) => throw new InvalidOperationException("No engine may be made here.");

    private string Write(string text)
    {
        var path = Path.Combine(_directory.FullName, "test.conf");
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<int> InvokeAsync(params string[] arguments)
    {
        var configuration = new InvocationConfiguration { Output = _output, Error = _error, ProcessTerminationTimeout = null };
        return await CommandLine.InvokeAsync(arguments, new CommandServices(NoEngine, static (_, _) => { }), configuration)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
