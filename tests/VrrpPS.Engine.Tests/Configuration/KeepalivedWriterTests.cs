using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>What is written means the same when it is read, and keepalived takes it.</summary>
public sealed class KeepalivedWriterTests
{
    private static readonly InstanceConfiguration V2 = new()
    {
        Name = "A", InterfaceName = "eth0", VirtualRouterId = 1, AddressFamily = AddressFamily.IPv4, Version = VrrpVersion.V2,
        VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24")],
    };

    /// <summary>Everything that keepalived has words for.</summary>
    public static TheoryData<string, InstanceConfiguration> Expressible => new()
    {
        { "least", V2 },
        { "version 3", V2 with { Version = VrrpVersion.V3, AdvertisementInterval = new Interval(25) } },
        { "IPv6", V2 with { Version = VrrpVersion.V3, AddressFamily = AddressFamily.IPv6, VirtualAddresses = [VirtualAddress.Parse("fe80::1/64"), VirtualAddress.Parse("2001:db8::1/64")] } },
        { "names", V2 with { Name = "web #1 {main}", InterfaceName = "eth0.100" } },
        { "no preemption", V2 with { Preempt = false, Priority = 254 } },
        { "delays", V2 with { PreemptDelay = TimeSpan.FromMilliseconds(1500), StartupDelay = TimeSpan.FromSeconds(5.5) } },
        { "owner", V2 with { Priority = 255 } },
        { "owner with delay", V2 with { Priority = 255, PreemptDelay = TimeSpan.FromSeconds(9) } },
        { "unicast", V2 with { SourceAddress = InetAddress.Parse("192.0.2.9"), UnicastPeers = [InetAddress.Parse("192.0.2.8"), InetAddress.Parse("192.0.2.7")], AllowedPeers = [InetAddress.Parse("192.0.2.8"), InetAddress.Parse("192.0.2.7")] } },
        { "multicast source", V2 with { SourceAddress = InetAddress.Parse("192.0.2.9") } },
        { "password", V2 with { AuthenticationPass = Secret.FromText("a b#!{ü") } },
        { "tracked", V2 with { TrackInterfaces = ["eth1", "eth2"] } },
        { "excluded", V2 with { VirtualAddresses = [VirtualAddress.Parse("192.0.2.5") with { Advertised = false }, VirtualAddress.Parse("192.0.2.1/24"), VirtualAddress.Parse("192.0.2.6") with { Advertised = false }, VirtualAddress.Parse("192.0.2.2/24")] } },
        { "announce once", V2 with { Announcement = new AnnouncementOptions { RepeatAfter = [], RefreshInterval = TimeSpan.Zero, Spacing = TimeSpan.FromMilliseconds(20) } } },
        { "announce soon", V2 with { Announcement = new AnnouncementOptions { RepeatAfter = [TimeSpan.FromSeconds(1)], RefreshInterval = TimeSpan.FromHours(1) } } },
        { "announce late", V2 with { Announcement = new AnnouncementOptions { RepeatAfter = [TimeSpan.FromSeconds(30)] } } },
        { "announce both", V2 with { Announcement = new AnnouncementOptions { RepeatAfter = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)] } } },
        { "namespace", V2 with { NetworkNamespace = "blue" } },
    };

    /// <summary>What keepalived has no words for, and the property that the finding names.</summary>
    public static TheoryData<string, InstanceConfiguration, bool> Inexpressible => new()
    {
        { "checksumStyle", V2 with { Version = VrrpVersion.V3, ChecksumStyle = ChecksumStyle.Both }, true },
        { "allowedPeers", V2 with { AllowedPeers = [InetAddress.Parse("192.0.2.9")] }, true },
        { "addressLease", V2 with { AddressLease = TimeSpan.FromSeconds(5) }, false },
        { "strict ", V2 with { Strict = true }, true },
        { "strictAddressList", V2 with { StrictAddressList = true }, false },
        { "preempt ", V2 with { Priority = 255, Preempt = false }, true },
        { "name ", V2 with { Name = "a\"b" }, false },
        { "authenticationPass", V2 with { AuthenticationPass = Secret.FromText("a\"b") }, true },
        { "authenticationPass", V2 with { AuthenticationPass = Secret.FromText("a$b") }, true },
        { "announcement.repeatAfter", V2 with { Announcement = new AnnouncementOptions { RepeatAfter = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)] } }, false },
        { "announcement.spacing", V2 with { Announcement = new AnnouncementOptions { Spacing = TimeSpan.Zero } }, false },
        { "announcement.refreshInterval", V2 with { Announcement = new AnnouncementOptions { RefreshInterval = TimeSpan.FromSeconds(1.5) } }, false },
    };

    [Theory]
    [MemberData(nameof(Expressible))]
    public void What_keepalived_can_say_survives(string what, InstanceConfiguration c)
    {
        var document = new ConfigurationDocument { RouterId = "node 1", Instances = [c] };
        var written = KeepalivedWriter.Write(document, includeSecrets: true);
        Assert.True(written.Diagnostics.Count == 0, $"{what}: {written.Diagnostics}");
        var read = KeepalivedReader.Read(written.Text, "written");
        Assert.DoesNotContain(read.Diagnostics, d => d.Severity == ConfigurationSeverity.Error || d.IsLoss || d.Code == ConfigurationCodes.Adjusted);
        Assert.Equal(document, read.Document);
    }

    [Theory]
    [MemberData(nameof(Inexpressible))]
    public void What_keepalived_cannot_say_is_named(string property, InstanceConfiguration c, bool loss)
    {
        var written = KeepalivedWriter.Write(new ConfigurationDocument { Instances = [c] }, includeSecrets: true);
        var d = Assert.Single(written.Diagnostics);
        Assert.Contains(": " + property, ": " + d.Message, StringComparison.Ordinal);
        Assert.Equal((ConfigurationSeverity.Warning, loss), (d.Severity, d.IsLoss));
        Assert.DoesNotContain("a$b", d.Message, StringComparison.Ordinal);
        Assert.False(KeepalivedReader.Read(written.Text, "written").HasErrors);
    }

    [Fact]
    public void The_checksum_of_RFC_9568_needs_a_newer_keepalived()
    {
        var c = V2 with { Version = VrrpVersion.V3, ChecksumStyle = ChecksumStyle.Rfc9568 };
        var written = KeepalivedWriter.Write(new ConfigurationDocument { Instances = [c] }, includeSecrets: true);
        Assert.Contains("2.2.8", Assert.Single(written.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(c, Assert.Single(KeepalivedReader.Read(written.Text, "written").Document.Instances));
    }

    [Fact]
    public void A_password_is_written_on_request_only()
    {
        var document = new ConfigurationDocument { Instances = [V2 with { AuthenticationPass = Secret.FromText("s3cr3t") }] };
        var written = KeepalivedWriter.Write(document, includeSecrets: false);
        Assert.DoesNotContain("s3cr3t", written.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", written.Diagnostics.ToString(), StringComparison.Ordinal);
        Assert.True(Assert.Single(written.Diagnostics).IsLoss);
        Assert.Null(KeepalivedReader.Read(written.Text, "written").Document.Instances[0].AuthenticationPass);
    }

    [Fact]
    public void What_all_instances_share_is_the_greatest_and_the_others_are_named()
    {
        var b = V2 with { Name = "B", VirtualRouterId = 2, StartupDelay = TimeSpan.FromSeconds(3) };
        var elsewhere = V2 with { Name = "C", NetworkNamespace = "blue" };
        var written = KeepalivedWriter.Write(new ConfigurationDocument { Instances = [V2, b, elsewhere] }, includeSecrets: true);
        Assert.Equal([("A: startupDelay", false), ("C is left out", true)], written.Diagnostics.Select(d => (d.Message[..(d.Message[0] == 'A' ? 15 : 13)], d.IsLoss)).Order());
        Assert.Equal(["A", "B"], KeepalivedReader.Read(written.Text, "written").Document.Instances.Select(i => i.Name));
    }

    /// <summary>A property that is added to the model without a row here would be lost without a word.</summary>
    [Fact]
    public void Every_property_has_one_row()
    {
        var model = typeof(InstanceConfiguration).GetProperties().Select(p => p.Name).Append(nameof(ConfigurationDocument.RouterId)).Where(n => n != "EqualityContract");
        var rows = KeepalivedInstanceProperties.All.Select(r => r.Name).Concat(KeepalivedSharedProperties.All.Select(r => r.Name)).Where(n => n != nameof(AnnouncementOptions.Spacing));
        Assert.Equal(model.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_empty_document_is_an_empty_file()
    {
        var written = KeepalivedWriter.Write(ConfigurationDocument.Empty, includeSecrets: true);
        Assert.Equal((string.Empty, 0), (written.Text, written.Diagnostics.Count));
    }

    [Fact]
    [Trait("Lane", "Interop")]
    public async Task Keepalived_takes_what_is_written()
    {
        KeepalivedCheck.SkipUnlessInstalled();
        using var folder = new TemporaryFolder();
        foreach (var row in Expressible)
        {
            var written = KeepalivedWriter.Write(new ConfigurationDocument { RouterId = "node 1", Instances = [row.Data.Item2] }, includeSecrets: true);
            var complaints = await KeepalivedCheck.ComplaintsAsync(folder.Write("k.conf", written.Text));
            Assert.True(complaints.Length == 0, $"{row.Data.Item1}: {string.Join('\n', complaints)}\n{written.Text}");
        }

        string broken = KeepalivedWriter.Write(new ConfigurationDocument { Instances = [V2] }, includeSecrets: true).Text.Replace("priority", "prioritty", StringComparison.Ordinal);
        Assert.NotEmpty(await KeepalivedCheck.ComplaintsAsync(folder.Write("broken.conf", broken)));
    }
}
