using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

public sealed class ConfigurationDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vrrpps-fragments-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Fragments_of_both_formats_are_one_configuration_in_the_order_of_their_names()
    {
        Write("20-b.conf", Keepalived("b", 52));
        Write("10-a.json", Json("a", 51));
        Write("00-none.json", """{ "instances": [] }""");
        Write(".hidden.json", "{");
        Write("30-c.conf.bak", "{");
        _ = _directory.CreateSubdirectory("40-d.conf");

        var result = Load();

        Assert.DoesNotContain(result.Diagnostics, static diagnostic => diagnostic.Severity != ConfigurationSeverity.Information);
        Assert.Equal(["a", "b"], result.Document.Instances.Select(static instance => instance.Name));
    }

    [Fact]
    public void Name_of_another_fragment_is_an_error_with_both_places()
    {
        Write("10-a.json", Json("web", 51));
        Write("20-b.conf", Keepalived("web", 52));

        var error = Assert.Single(Load().Diagnostics, static diagnostic => diagnostic.Severity == ConfigurationSeverity.Error);

        Assert.Equal(ErrorIds.DuplicateInstanceName, error.Code);
        Assert.Equal(PathOf("20-b.conf"), error.File);
        Assert.True(error.Line > 0);
        Assert.Contains($"The first of them is at {PathOf("10-a.json")}:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Virtual_router_of_another_fragment_is_an_error_with_both_places()
    {
        Write("10-a.json", Json("a", 51));
        Write("20-b.json", Json("b", 51));

        var error = Assert.Single(Load().Diagnostics, static diagnostic => diagnostic.Severity == ConfigurationSeverity.Error);

        Assert.Equal(ErrorIds.DuplicateVirtualRouter, error.Code);
        Assert.Equal(PathOf("20-b.json"), error.File);
        Assert.Contains($"The first of them is at {PathOf("10-a.json")}:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_twice_within_one_fragment_is_said_once()
    {
        Write("10-a.conf", Keepalived("a", 51) + Keepalived("a", 52));
        Write("20-b.conf", Keepalived("b", 53));

        Assert.Single(Load().Diagnostics, static diagnostic => diagnostic.Severity == ConfigurationSeverity.Error);
    }

    [Fact]
    public void Renaming_may_concern_one_fragment_only()
    {
        Write("10-a.conf", Keepalived("a", 51));
        Write("20-b.conf", Keepalived("b", 52).Replace("eth0", "eth1", StringComparison.Ordinal));

        Assert.DoesNotContain(Load(("eth1", "lan")).Diagnostics, static diagnostic => diagnostic.Code == ConfigurationCodes.UnusedRename);
        Assert.Contains(Load(("eth2", "lan")).Diagnostics, static diagnostic => diagnostic.Code == ConfigurationCodes.UnusedRename);
    }

    [Fact]
    public void Broken_fragment_spoils_the_whole()
    {
        Write("10-a.conf", Keepalived("a", 51));
        Write("20-b.json", """{ "instances": [ { "nmae": "b" } ] }""");
        Assert.True(Load().HasErrors);

        Write("30-empty.conf", string.Empty);
        Assert.Equal(ErrorIds.ConfigurationUnreadable, Assert.Throws<VrrpException>(() => Load()).ErrorId);
    }

    [Fact]
    public void Directory_without_fragments_has_no_instance() => Assert.Empty(Load().Document.Instances);

    private ConfigurationResult Load(params (string From, string To)[] renames) => ConfigurationDirectory.LoadAny(
        _directory.FullName, new ConfigurationReadOptions { InterfaceRename = renames.ToDictionary(static pair => pair.From, static pair => pair.To, StringComparer.Ordinal) });

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    private static string Json(string name, int virtualRouterId) => $$"""
        {
          "instances": [
            { "name": "{{name}}", "interfaceName": "eth0", "virtualRouterId": {{virtualRouterId}}, "virtualAddresses": ["192.0.2.{{virtualRouterId}}/24"] }
          ]
        }
        """;

    private static string Keepalived(string name, int virtualRouterId) => $$"""
        vrrp_instance {{name}} {
            interface eth0
            virtual_router_id {{virtualRouterId}}
            version 3
            virtual_ipaddress {
                192.0.2.{{virtualRouterId}}/24
            }
        }

        """;
}
