using VrrpPS.Tool.Commands;
using Xunit;

namespace VrrpPS.Service.Tests.Commands;

/// <summary>When <c>vrrpps run</c> does not become another program.</summary>
public sealed class DaemonProgramTests
{
    private const string None = "0000000000000000", Net = "0000000000003000";

    [Theory]
    [InlineData("0", Net, None, true)]
    [InlineData("1000", None, None, true)]
    [InlineData("1000", Net, Net, true)]
    [InlineData("1000", Net, "0000000000003400", true)]
    [InlineData("1000", Net, None, false)]
    [InlineData("1000", Net, "0000000000001000", false)]
    public void Capabilities_that_were_given_to_its_file_keep_it_from_that(string user, string permitted, string ambient, bool expected)
        => Assert.Equal(expected, DaemonProgram.KeepsCapabilities(
            ["Name:\tvrrpps", $"Uid:\t1000\t{user}\t{user}\t{user}", "CapInh:\t" + None, "CapPrm:\t" + permitted, "CapEff:\t" + permitted, "CapBnd:\t" + Net, "CapAmb:\t" + ambient]));
}
