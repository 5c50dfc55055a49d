using System.Text;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 199)]
    [InlineData(3, 198)]
    public void The_scenario_converts(int node, int priority)
    {
        string path = Path.Combine(TestData.Folder, "Scenario", $"node{node}.conf");
        var result = ConfigurationFile.Load(path, new ConfigurationReadOptions { InterfaceRename = new Dictionary<string, string> { ["ens33"] = "eth0" } });
        Assert.Empty(result.Diagnostics);
        Assert.Equal(
            new InstanceConfiguration
            {
                Name = "VRRP1", InterfaceName = "eth0", VirtualRouterId = 41, AddressFamily = AddressFamily.IPv4, Version = VrrpVersion.V2, Priority = priority,
                VirtualAddresses = [VirtualAddress.Parse("192.168.31.250/24")],
            },
            Assert.Single(result.EnsureUsable(allowPartial: false).Instances));
    }

    [Fact]
    public void Both_formats_give_the_same_configuration()
        => Assert.Equal(
            ConfigurationFile.Load(Path.Combine(TestData.Folder, "Scenario", "node1.conf")).Document.Instances,
            ConfigurationFile.Load(Path.Combine(TestData.Folder, "Schema", "vrrpps.example.json")).Document.Instances);

    [Fact]
    public void Renaming_follows_every_reference_and_default_names()
    {
        var options = new ConfigurationReadOptions { InterfaceRename = new Dictionary<string, string> { ["a"] = "x", ["b"] = "y", ["ethO"] = "z" } };
        var result = ConfigurationFile.Read("{\"instances\":[{\"interfaceName\":\"a\",\"virtualRouterId\":1,\"virtualAddresses\":[\"192.0.2.1\"],\"trackInterfaces\":[\"b\",\"c\"]}]}", "n", options);
        var c = Assert.Single(result.Document.Instances);
        Assert.Equal(("x-1-v4", "x", "y, c"), (c.Name, c.InterfaceName, c.TrackInterfaces.ToString()));
        Assert.Equal("n: Nothing here uses interface 'ethO', so renaming it to 'z' changes nothing.", Assert.Single(result.Diagnostics).ToString());
    }

    [Fact]
    public void Two_interfaces_renamed_to_one_may_collide()
    {
        const string text = "vrrp_instance A {\n interface a\n virtual_router_id 1\n virtual_ipaddress { 192.0.2.1 }\n}\nvrrp_instance B {\n interface b\n virtual_router_id 1\n virtual_ipaddress { 192.0.2.2 }\n}\n";
        Assert.Empty(ConfigurationFile.Read(text, "n").Diagnostics);
        var options = new ConfigurationReadOptions { InterfaceRename = new Dictionary<string, string> { ["a"] = "b" } };
        Assert.Equal(ErrorIds.DuplicateVirtualRouter, Assert.Single(ConfigurationFile.Read(text, "n", options).Diagnostics).Code);
    }

    public static TheoryData<string, byte[]?, string> Unreadable => new()
    {
        { "missing", null, "no such file" },
        { "empty", [], "empty" },
        { "blank", "\n \n"u8.ToArray(), "empty" },
        { "binary", [0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 0], "not text" },
        { "large", Encoding.ASCII.GetBytes(new string('#', (4 * 1024 * 1024) + 1)), "larger than 4 MiB" },
        { "latin-1 JSON", [(byte)'{', (byte)'"', 0xE4, (byte)'"', (byte)'}'], "UTF-8" },
    };

    [Theory]
    [MemberData(nameof(Unreadable), DisableDiscoveryEnumeration = true)]
    public void Unreadable_files_say_why(string what, byte[]? content, string reason)
    {
        string path = Path.Combine(_folder.Path, what);
        if (content is not null)
        {
            File.WriteAllBytes(path, content);
        }

        var error = Assert.Throws<VrrpException>(() => ConfigurationFile.Load(path));
        Assert.Equal(ErrorIds.ConfigurationUnreadable, error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_configuration()
        => Assert.Contains("directory", Assert.Throws<VrrpException>(() => ConfigurationFile.Load(_folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void Legacy_bytes_in_a_keepalived_comment_do_no_harm()
    {
        string path = Path.Combine(_folder.Path, "k.conf");
        File.WriteAllBytes(path, [(byte)'#', 0xE4, (byte)'\n', .. File.ReadAllBytes(Path.Combine(TestData.Folder, "Scenario", "node1.conf"))]);
        Assert.Empty(ConfigurationFile.Load(path).Diagnostics);
    }

    [Fact]
    public void A_half_written_file_is_an_error_wherever_it_was_cut()
    {
        string text = File.ReadAllText(Path.Combine(TestData.Folder, "Scenario", "node1.conf")).TrimEnd();
        for (int length = text.IndexOf('{', StringComparison.Ordinal) + 1; length < text.Length; length++)
        {
            Assert.True(ConfigurationFile.Read(text[..length], "n").HasErrors, $"cut at {length}");
        }
    }

    [Theory]
    [InlineData(" {", true)]
    [InlineData("\uFEFF// c\n{", true)]
    [InlineData("[", true)]
    [InlineData("vrrp_instance A {", false)]
    [InlineData("# {", false)]
    public void The_format_is_told_by_the_content(string text, bool json) => Assert.Equal(json, ConfigurationFile.IsJson(text));
}
