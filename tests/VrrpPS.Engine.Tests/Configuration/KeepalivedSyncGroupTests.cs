using VrrpPS.Engine.Configuration;
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
        Assert.All(all, static c => Assert.Equal(("G", "eth7"), (c.SyncGroup, Assert.Single(c.TrackInterfaces))));
        Assert.All(all, static c => Assert.Equal(
            [(TrackerKind.Interface, "eth8", 3), (TrackerKind.Script, "check", 5)], c.Trackers.Select(static t => (t.Kind, t.Name, t.Weight))));
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
        var document = KeepalivedReader.Read("vrrp_sync_group \"two words\" { group { A\nB\n } }\n" + Instances, "k.conf").Document;
        var again = KeepalivedReader.Read(KeepalivedWriter.Write(document, includeSecrets: false).Text, "k.conf").Document;
        Assert.Equal(["two words", "two words"], again.Instances.Select(static c => c.SyncGroup));
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
