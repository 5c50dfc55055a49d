using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Keepalived;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>Who is to be told, as both formats say it and the validator judges it.</summary>
public sealed class NotificationConfigurationTests
{
    private const string Globals = "global_defs {\n router_id node1\n notification_email {\n  a@example.org <b@example.org>\n  c@example.org\n }\n"
        + " notification_email_from n1@example.org\n smtp_server mail.example.org 2525\n smtp_helo_name n1.example.org\n smtp_connect_timeout 7\n no_email_faults\n"
        + " vrrp_notify_fifo /run/f1\n notify_fifo /run/f2\n script_user nobody nogroup\n enable_script_security\n}\n";

    [Fact]
    public void Keepaliveds_scripts_become_commands_with_its_quoting_users_and_states()
    {
        var notification = Read(Globals, """
             notify_master "/bin/m 'a b' c\ d \x41" alice
             notify_backup /bin/b
             notify_fault "/bin/f"
             notify_stop "/bin/s" bob staff
             notify "/bin/n -v"
             notify_master_rx_lower_pri /bin/low
            """).Notification;
        Assert.Equal(
            [
                "/bin/m|a b|c d|A @alice:Master",
                "/bin/b @nobody:nogroup:Backup, Suspended",
                "/bin/f @nobody:nogroup:Fault, Deleted",
                "/bin/s @bob:staff:Stop",
                "/bin/n|-v @nobody:nogroup:+",
                "/bin/low @nobody:nogroup:LowerPriorityHeard",
            ],
            notification.Commands.Select(static c => $"{string.Join('|', c.Arguments)} @{c.User}:{c.On}{(c.StateArguments ? "+" : string.Empty)}"));
        Assert.All(notification.Commands, static c => Assert.True(c.RequireSafeProgram));
        Assert.Equal(["/run/f1", "/run/f2"], notification.Fifos);
        Assert.Null(notification.Mail);
    }

    [Fact]
    public void A_removed_instance_counts_as_faulted_unless_something_runs_for_that()
    {
        var commands = Read(string.Empty, " notify_fault /bin/f\n notify_deleted /bin/d").Notification.Commands;
        Assert.Equal(["Fault", "Deleted"], commands.Select(static c => c.On.ToString()));
    }

    [Theory]
    [InlineData("smtp_alert", true)]
    [InlineData("smtp_alert off", false)]
    [InlineData("", false)]
    public void Keepaliveds_mail_settings_reach_the_instances_that_want_alerts(string line, bool wanted)
    {
        var mail = Read(Globals, " " + line).Notification.Mail;
        Assert.Equal(wanted, mail is not null);
        if (mail is not null)
        {
            Assert.Equal(
                ("mail.example.org", 2525, "n1.example.org", "node1", "n1@example.org", "a@example.org, b@example.org, c@example.org", TimeSpan.FromSeconds(7), false),
                (mail.Server, mail.EffectivePort, mail.HelloName, mail.NodeName, mail.From, mail.To.ToString(), mail.Timeout, mail.Faults));
        }
    }

    [Fact]
    public void An_alert_without_recipients_is_a_warning_and_sends_nothing()
    {
        var result = Result(string.Empty, " smtp_alert");
        Assert.Contains("notification_email", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single(result.Document.Instances).Notification.Mail);
    }

    [Theory]
    [InlineData(" notify \"/bin/x 'open\"", 20, 9)]
    [InlineData(" notify x/y", 20, 9)]
    public void A_script_that_cannot_run_is_an_error_where_it_stands(string line, int expectedLine, int column)
    {
        var found = Assert.Single(Result(Globals, line).Diagnostics, static d => d.Severity == ConfigurationSeverity.Error);
        Assert.Equal((expectedLine, column), (found.Line, found.Column));
    }

    [Theory]
    [InlineData("a b", "a|b")]
    [InlineData("  a\t b ", "a|b")]
    [InlineData("\"a b\"'c d'", "a bc d")]
    [InlineData("''", "")]
    [InlineData("a\\ b", "a b")]
    [InlineData("\\x41\\x4a\\101\\cA\\n\\E\\\"", "AJA\u0001\n\u001b\"")]
    [InlineData("'it\\'s'", "it's")]
    [InlineData("\"open", null)]
    [InlineData("end\\", null)]
    public void Scripts_are_split_as_keepalived_splits_them(string text, string? expected)
        => Assert.Equal(expected, KeepalivedScript.Split(text) is { } arguments ? string.Join('|', arguments) : null);

    [Theory]
    [InlineData("""{ "commands": [ { "arguments": [] } ] }""", "empty")]
    [InlineData("""{ "commands": [ { "arguments": ["notify.sh"] } ] }""", "absolute path")]
    [InlineData("""{ "commands": [ { "arguments": ["/x"], "timeout": "10ms" } ] }""", "100ms")]
    [InlineData("""{ "commands": [ { "arguments": ["/x"], "wait": true } ] }""", "Leaving")]
    [InlineData("""{ "commands": [ { "arguments": ["/x"], "on": ["Boss"] } ] }""", "Master, Backup")]
    [InlineData("""{ "fifos": ["x"] }""", "absolute path")]
    [InlineData("""{ "eventFile": { "path": "/x", "maxSize": 1 } }""", "4096")]
    [InlineData("""{ "eventFile": { } }""", "'path'")]
    [InlineData("""{ "mail": { "server": "h", "from": "a@b", "to": [] } }""", "recipient")]
    [InlineData("""{ "mail": { "server": "h", "from": "a@b\r\nX: y", "to": ["c@d"] } }""", "not a mail address")]
    [InlineData("""{ "mail": { "server": "h:25", "from": "a@b", "to": ["c@d"] } }""", "mail server")]
    [InlineData("""{ "mail": { "server": "h", "from": "a@b", "to": ["c@d"], "user": "u", "password": "p" } }""", "StartTls")]
    [InlineData("""{ "mail": { "server": "h", "from": "a@b", "to": ["c@d"], "user": "u" } }""", "belong together")]
    public void What_cannot_work_is_refused_with_the_way_out(string notification, string says)
    {
        string text = $$"""{"instances":[{"interfaceName":"eth0","virtualRouterId":1,"virtualAddresses":["192.0.2.1/24"],"notification":{{notification}}}]}""";
        var found = JsonConfigurationReader.Read(text, "c.json").Diagnostics;
        Assert.Contains(found, d => d.Severity == ConfigurationSeverity.Error && d.Message.Contains(says, StringComparison.Ordinal));
        Assert.DoesNotContain(found, static d => d.Message.Contains("\"p\"", StringComparison.Ordinal));
    }

    private static InstanceConfiguration Read(string globals, string lines)
    {
        var result = Result(globals, lines);
        Assert.Empty(result.Diagnostics);
        return Assert.Single(result.Document.Instances);
    }

    private static ConfigurationResult Result(string globals, string lines) => KeepalivedReader.Read(
        $"{globals}vrrp_instance A {{\n interface eth0\n virtual_router_id 1\n{lines}\n virtual_ipaddress {{\n  192.0.2.1/24\n }}\n}}\n", "k.conf");
}
