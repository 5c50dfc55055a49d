using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Configuration.Trackers;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>vrrp_sync_group, read and written.</summary>
public sealed class KeepalivedSyncGroupTests
{
    private const string Instances = """
        vrrp_script check {
            script "/bin/true"
            user nobody
            weight 5
        }
        vrrp_instance A {
            interface eth0
            virtual_router_id 1
            virtual_ipaddress { 192.0.2.100/24 }
            track_interface { eth7 }
        }
        vrrp_instance B {
            interface eth1
            virtual_router_id 2
            virtual_ipaddress { 198.51.100.100/24 }
        }
        """;

    [Fact]
    public void Members_get_the_group_and_what_it_tracks()
    {
        var read = KeepalivedReader.Read("vrrp_sync_group G { group { A\nB\n }\ntrack_interface { eth7\neth8 weight 3\n }\ntrack_script { check }\n }\n" + Instances, "k.conf");
        var all = read.EnsureUsable(allowPartial: false).Instances;
        Assert.All(all, static c => Assert.Equal(("G", "eth7"), (c.SyncGroup, Assert.Single(MemberTrackers.Interfaces(c)))));
        Assert.All(all, static c => Assert.Equal(
            [(TrackerKind.Interface, "eth8", 3), (TrackerKind.Script, "check", 5)], MemberTrackers.Checks(c).Select(static t => (t.Kind, t.Name, t.Weight))));
        Assert.Empty(all[1].TrackInterfaces);
        Assert.Equal(all[0].SyncGroupOptions, all[1].SyncGroupOptions);
    }

    [Fact]
    public void A_groups_notification_is_its_own()
    {
        const string group = """
            global_defs {
                router_id r1
                notification_email { ops@example.org }
                notification_email_from r1@example.org
                smtp_server mail.example.org
                vrrp_notify_fifo /run/vrrp.fifo
                script_user nobody
            }
            vrrp_sync_group G {
                group { A B }
                notify_master "/bin/m one"
                notify_fault /bin/f root
                notify /bin/n
                smtp_alert
                notify_priority_changes
            }

            """;
        var read = KeepalivedReader.Read(group + Instances, "k.conf");
        Assert.Empty(read.Diagnostics);
        var options = read.Document.Instances[1].SyncGroupOptions.Notification;
        Assert.Equal(
            [("/bin/m one", "Master", "nobody", false), ("/bin/f", "Fault", "root", false), ("/bin/n", string.Empty, "nobody", true)],
            options.Commands.Select(static c => (c.ToString(), c.On.ToString(), c.User!, c.StateArguments)));
        Assert.Equal(("/run/vrrp.fifo", "ops@example.org through mail.example.org", "r1", false), (options.Fifos.ToString(), options.Mail!.ToString(), options.Mail.NodeName, options.PriorityChanges));

        // Mail is the group's alone; changes of priorities are the members'.
        Assert.All(read.Document.Instances, static c => Assert.Equal((true, true), (c.Notification.Mail is null, c.Notification.PriorityChanges)));
    }

    [Fact]
    public void Weights_of_members_count_only_where_the_group_says_so()
    {
        const string weighted = "vrrp_script w {\n script /bin/true\n user nobody\n weight -20\n }\n";
        string instances = Instances.Replace("track_interface { eth7 }", "track_interface { eth7\n eth9 weight -5\n }\n track_script { w }", StringComparison.Ordinal);
        var without = KeepalivedReader.Read(weighted + "vrrp_sync_group G { group { A B } }\n" + instances, "k.conf");
        Assert.Equal(2, without.Diagnostics.Count(static d => d.Code == ConfigurationCodes.Adjusted && d.Message.Contains("sync_group_tracking_weight", StringComparison.Ordinal)));
        var a = without.Document.Instances[0];
        Assert.False(a.SyncGroupOptions.TrackingWeight);
        Assert.Equal([("eth9", 0)], MemberTrackers.Checks(a).Select(static t => (t.Name, t.Weight)));
        foreach (string keyword in (string[])["sync_group_tracking_weight", "global_tracking"])
        {
            var with = KeepalivedReader.Read(weighted + $"vrrp_sync_group G {{ group {{ A B }}\n {keyword}\n }}\n" + instances, "k.conf");
            Assert.Empty(with.Diagnostics);
            Assert.Equal([("eth9", -5), ("w", -20)], MemberTrackers.Checks(with.Document.Instances[0]).Select(static t => (t.Name, t.Weight)));
        }
    }

    [Theory]
    [InlineData("track_script { check weight 7 }", "track_script { check weight -7 }", -7)]
    [InlineData("track_script { check weight 0 }", "track_script { check weight -7 }", 0)]
    public void Where_both_look_at_the_same_the_groups_weight_is_used_unless_the_members_has_none(string own, string ofGroup, int weight)
    {
        string instances = Instances.Replace("track_interface { eth7 }", own, StringComparison.Ordinal);
        var read = KeepalivedReader.Read($"vrrp_sync_group G {{ group {{ A B }}\n sync_group_tracking_weight\n {ofGroup}\n }}\n" + instances, "k.conf");
        Assert.Equal(weight, Assert.Single(MemberTrackers.Checks(read.Document.Instances[0])).Weight);
        Assert.Equal(-7, Assert.Single(MemberTrackers.Checks(read.Document.Instances[1])).Weight);
    }

    [Theory]
    [InlineData("vrrp_sync_group G { group { A\nC\n } }\n", "no vrrp_instance 'C'")]
    [InlineData("vrrp_sync_group G { group { A\n } }\nvrrp_sync_group H { group { A\nB\n } }\n", "'A' is in group 'G' already")]
    [InlineData("vrrp_sync_group G { notify /bin/x\n }\n", "has no members")]
    public void What_is_wrong_with_a_group_is_named(string groups, string message)
        => Assert.Contains(KeepalivedReader.Read(groups + Instances, "k.conf").Diagnostics, d => d.Severity == ConfigurationSeverity.Error && d.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void What_is_written_is_read_back()
    {
        const string group = """
            global_defs {
                notification_email { ops@example.org }
                notification_email_from r1@example.org
                smtp_server mail.example.org
                smtp_connect_timeout 30
                vrrp_notify_fifo /run/vrrp.fifo
                enable_script_security
            }
            vrrp_sync_group "two words" {
                group { A B }
                track_interface {
                    eth5
                    eth8 weight 3
                }
                track_script { check }
                notify_backup "/bin/b 'x y'" nobody
                notify /bin/n
                smtp_alert
            }

            """;
        var document = KeepalivedReader.Read(group + Instances, "k.conf").Document;
        var text = KeepalivedWriter.Write(document, includeSecrets: false);
        Assert.Empty(text.Diagnostics);
        var again = KeepalivedReader.Read(text.Text, "k.conf");
        Assert.Empty(again.Diagnostics);
        Assert.Equal(["two words", "two words"], again.Document.Instances.Select(static c => c.SyncGroup));
        Assert.Equal(document, again.Document);
    }

    [Fact]
    public void A_group_belongs_to_one_namespace()
    {
        var instances = KeepalivedReader.Read("vrrp_sync_group G { group { A\nB\n } }\n" + Instances, "k.conf").Document.Instances;
        Assert.Empty(ConfigurationValidator.ValidateSet(instances));
        var problem = Assert.Single(ConfigurationValidator.ValidateSet([instances[0], instances[1] with { NetworkNamespace = "blue" }]));
        Assert.Equal((1, nameof(InstanceConfiguration.SyncGroup)), (problem.Index, problem.PropertyName));
    }
}
