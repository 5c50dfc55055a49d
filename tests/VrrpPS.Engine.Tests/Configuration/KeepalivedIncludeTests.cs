using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Keepalived;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

public sealed class KeepalivedIncludeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Globs_and_braces_are_relative_to_the_including_file()
    {
        _folder.Write("conf.d/b.conf", Instance("B", 2));
        _folder.Write("conf.d/a.conf", Instance("A", 1) + "include ../deep/{x,y}.conf\n");
        _folder.Write("conf.d/.hidden.conf", "nonsense");
        _folder.Write("deep/x.conf", Instance("X", 3));
        _folder.Write("deep/y.conf", Instance("Y", 4));
        var result = Load("include conf.d/*.conf\n");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["A", "X", "Y", "B"], result.Document.Instances.Select(i => i.Name));
    }

    [Fact]
    public void An_include_works_inside_a_block_and_errors_name_the_included_file()
    {
        string inner = _folder.Write("inner.conf", "priority 50\n  prioritty 9\n");
        var result = Load("vrrp_instance A {\n interface eth0\n virtual_router_id 1\n include inner.conf\n virtual_ipaddress { 192.0.2.1 }\n}\n");
        var d = Assert.Single(result.Diagnostics);
        Assert.Equal((inner, 2, 3), (d.File, d.Line, d.Column));
        Assert.Equal(50, Assert.Single(result.Document.Instances).Priority);
    }

    [Theory]
    [InlineData("include none.conf", ConfigurationSeverity.Warning)]
    [InlineData("includem none.conf", ConfigurationSeverity.Error)]
    [InlineData("includea none.conf", ConfigurationSeverity.Error)]
    [InlineData("includer none.conf", ConfigurationSeverity.Warning)]
    [InlineData("includew none*.conf", ConfigurationSeverity.Error)]
    [InlineData("include {main,none}.d", ConfigurationSeverity.Warning)]
    [InlineData("includeb {none,nope}.conf", ConfigurationSeverity.Error)]
    [InlineData("include .", ConfigurationSeverity.Warning)]
    [InlineData("includer .", ConfigurationSeverity.Error)]
    public void What_is_missing_is_an_error_only_on_demand(string include, ConfigurationSeverity severity)
    {
        var result = Load($"\n  {include}\n" + Instance("A", 1));
        Assert.All(result.Diagnostics, d => Assert.Equal((severity, ConfigurationCodes.Include, 2, 3), (d.Severity, d.Code, d.Line, d.Column)));
        Assert.NotEmpty(result.Diagnostics);
    }

    [Fact]
    public void An_empty_folder_of_snippets_is_silent()
        => Assert.Empty(Load("include conf.d/*.conf\n" + Instance("A", 1)).Diagnostics);

    [Fact]
    public void A_circle_ends_in_an_error()
    {
        var result = Load("include main.conf\ninclude main.conf\n");
        Assert.Contains(result.Diagnostics, d => d.Code == ConfigurationCodes.Include && d.Severity == ConfigurationSeverity.Error);
    }

    [Fact]
    public void Text_without_a_file_cannot_include_relatively()
    {
        var d = KeepalivedReader.Read("include x.conf", "-").Diagnostics[0];
        Assert.Equal((ConfigurationSeverity.Error, ConfigurationCodes.Include), (d.Severity, d.Code));
    }

    [Fact]
    public void An_executable_file_is_skipped()
    {
        string path = _folder.Write("x.conf", "nonsense");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no execute permission.");
        }
        else
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var result = Load("include x.conf\n" + Instance("A", 1));
        Assert.Equal(ConfigurationSeverity.Warning, Assert.Single(result.Diagnostics).Severity);
    }

    [Theory]
    [InlineData("a.conf", "*.conf", true)]
    [InlineData(".conf", "*.conf", false)]
    [InlineData("ab.conf", "[a-c][!x].conf", true)]
    [InlineData("ax.conf", "[a-c][!x].conf", false)]
    [InlineData("abc", "a?c", true)]
    [InlineData("abc", "a*b*c*", true)]
    [InlineData("abd", "a*c", false)]
    public void Patterns(string name, string pattern, bool matches) => Assert.Equal(matches, KeepalivedGlob.Matches(name, pattern));

    private static string Instance(string name, int id)
        => $"vrrp_instance {name} {{\n interface eth0\n virtual_router_id {id}\n virtual_ipaddress {{ 192.0.2.{id}/24 }}\n}}\n";

    private ConfigurationResult Load(string text) => ConfigurationFile.Load(_folder.Write("main.conf", text));
}
