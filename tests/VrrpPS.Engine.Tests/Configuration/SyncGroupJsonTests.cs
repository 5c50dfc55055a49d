using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Errors;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>The list of sync groups of a JSON document.</summary>
public sealed class SyncGroupJsonTests
{
    private const string Instances = """
        "instances": [
          { "name": "A", "interfaceName": "eth0", "virtualRouterId": 1, "virtualAddresses": ["192.0.2.1"], "syncGroup": "wan" },
          { "name": "B", "interfaceName": "eth1", "virtualRouterId": 2, "virtualAddresses": ["192.0.2.2"], "syncGroup": "wan" },
        ]
        """;

    [Fact]
    public void Members_get_what_their_group_has()
    {
        var result = Read("""{ "name": "wan", "trackInterfaces": ["eth7"], "trackers": ["port", { "ping": "192.0.2.9" }], "notification": { "commands": [{ "arguments": ["/bin/x"] }] } }""");
        Assert.Empty(result.Diagnostics);
        Assert.All(result.Document.Instances, static c => Assert.Equal(("port, ping-192.0.2.9", "/bin/x"), (string.Join(", ", c.SyncGroupOptions.Trackers.Select(static t => t.Name)), c.SyncGroupOptions.Notification.Commands.ToString())));
    }

    [Fact]
    public void A_group_needs_no_entry()
        => Assert.All(JsonConfigurationReader.Read($"{{ {Instances} }}", "a.json").EnsureUsable(false).Instances, static c => Assert.Equal(("wan", SyncGroupOptions.None), (c.SyncGroup, c.SyncGroupOptions)));

    [Theory]
    [InlineData("""{ "name": "wam" }""", "No instance is in sync group 'wam'", "Did you mean 'wan'?")]
    [InlineData("""{ "name": "wan" }, { "name": "wan" }""", "Two sync groups are named 'wan'", "Make them one")]
    [InlineData("""{ "trackingWeight": true }""", "needs 'name'", "")]
    [InlineData("""{ "name": "wan", "notification": { "priorityChanges": true } }""", "has no priority", "its members")]
    [InlineData("""{ "name": "wan", "notification": { "commands": [{ "arguments": ["/bin/x"], "on": ["PriorityChanged"] }] } }""", "would never run on PriorityChanged", "to the members")]
    [InlineData("""{ "name": "wan", "notification": { "commands": [{ "arguments": ["/bin/x"], "on": ["Leaving"], "wait": true }] } }""", "is to be waited for", "to a member")]
    [InlineData("""{ "name": "wan", "notification": { "commands": [{ "arguments": ["x"] }] } }""", "cannot be 'x'", "absolute path")]
    [InlineData("""{ "name": "wan", "trackInterfaces": ["eth7", "eth7"] }""", "tracks interface 'eth7' twice", "once")]
    [InlineData("""{ "name": "wan", "trackInterfaces": ["a/b"] }""", "'a/b' is not an interface name", "")]
    [InlineData("""{ "name": "wan", "trackers": ["port", "port"] }""", "are named 'port'", "name of its own")]
    [InlineData("""{ "name": "wan", "trackers": ["prot"] }""", "no tracker 'prot'", "Did you mean 'port'?")]
    public void What_is_wrong_is_told_once_and_where(string groups, string message, string wayOut)
    {
        var finding = Assert.Single(Read(groups).Diagnostics);
        Assert.Equal((ConfigurationSeverity.Error, 2), (finding.Severity, finding.Line));
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Contains(wayOut, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_that_say_different_things_cannot_run_together()
    {
        var all = Read("""{ "name": "wan", "trackInterfaces": ["eth7"] }""").Document.Instances;
        Assert.Empty(ConfigurationValidator.ValidateSet([all[0], all[1] with { SyncGroupOptions = SyncGroupOptions.None }]));
        var problem = Assert.Single(ConfigurationValidator.ValidateSet([all[0], all[1] with { SyncGroupOptions = all[1].SyncGroupOptions with { TrackingWeight = false } }]));
        Assert.Equal((1, nameof(InstanceConfiguration.SyncGroupOptions)), (problem.Index, problem.PropertyName));
        Assert.Contains("'A' and 'B' are in sync group 'wan'", problem.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_of_a_group_without_a_group_is_refused()
    {
        var instance = Read("""{ "name": "wan", "trackInterfaces": ["eth7"] }""").Document.Instances[0] with { SyncGroup = null };
        Assert.Equal(ErrorIds.InvalidConfiguration, Assert.Single(ConfigurationValidator.Validate(instance)).ErrorId);
        Assert.Empty(MemberTrackers.Interfaces(instance));
    }

    [Fact]
    public void Interfaces_of_a_group_are_renamed_too()
    {
        var options = new ConfigurationReadOptions { InterfaceRename = new Dictionary<string, string>(StringComparer.Ordinal) { ["eth7"] = "ens7" } };
        var result = JsonConfigurationReader.Read($$"""{ "syncGroups": [{ "name": "wan", "trackInterfaces": ["eth7"], "trackers": [{ "interface": "eth7", "name": "x", "weight": 5 }] }], {{Instances}} }""", "a.json", options);
        Assert.Empty(result.Diagnostics);
        var group = result.Document.Instances[0].SyncGroupOptions;
        Assert.Equal(("ens7", "ens7"), (group.TrackInterfaces.ToString(), Assert.IsType<InterfaceTracker>(group.Trackers[0]).InterfaceName));
    }

    [Fact]
    public void A_password_of_a_group_is_written_on_request_only()
    {
        var options = new SyncGroupOptions
        {
            Notification = new NotificationOptions
            {
                Mail = new MailOptions { Server = "m", From = "a@b", To = ["c@d"], Security = MailSecurity.Tls, User = "u", Password = Secret.FromText("hidden") },
            },
        };
        var document = new ConfigurationDocument { Instances = [Read("""{ "name": "wan" }""").Document.Instances[0] with { SyncGroupOptions = options }] };
        Assert.DoesNotContain("hidden", JsonConfigurationWriter.Write(document, includeSecrets: false), StringComparison.Ordinal);
        Assert.Equal(document, JsonConfigurationReader.Read(JsonConfigurationWriter.Write(document, includeSecrets: true), "a.json").EnsureUsable(false));
    }

    private static ConfigurationResult Read(string groups)
        => JsonConfigurationReader.Read($$"""
            { "trackers": [{ "name": "port", "tcp": "127.0.0.1:80" }], "syncGroups": [
              {{groups}}
            ], {{Instances}} }
            """, "a.json");
}
