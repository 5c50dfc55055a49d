using VrrpPS.Engine.Checks.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Tests.Configuration;
using Xunit;

namespace VrrpPS.Engine.Tests.Checks.Configuration;

public sealed class NodeFileTests
{
    [Fact]
    public void A_file_with_errors_yields_findings_with_line_and_column_and_no_instance()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "node1.conf");
        File.WriteAllText(path, "vrrp_instance a {\n  interface eth0\n  virtual_router_id 300\n  virtual_ipaddress {\n    192.0.2.1\n  }\n}\n");
        var file = NodeFile.Read(path, "node1");
        Assert.Empty(file.Node.Instances);
        Assert.Contains(file.Findings, finding => finding.Severity == VrrpFindingSeverity.Error && finding.Subject.StartsWith($"{path}:3:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_finding()
        => Assert.Equal(ErrorIds.ConfigurationUnreadable, Assert.Single(NodeFile.Read("/nosuch/file.conf", "x").Findings).Code);

    [Theory]
    [InlineData("/a/node1.conf /a/node2.json", "node1 node2")]
    [InlineData("/red/keepalived.conf /blue/keepalived.conf", "red blue")]
    [InlineData("/x/red/k.conf /y/red/k.conf", "/x/red/k.conf /y/red/k.conf")]
    public void Nodes_are_called_by_what_tells_their_files_apart(string paths, string names)
        => Assert.Equal(names.Split(' '), NodeFile.Names(paths.Split(' ')));
}
