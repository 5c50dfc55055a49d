using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux;

public sealed class PlatformTests
{
    [Theory]
    [InlineData("0000000000000000", Capabilities.None)]
    [InlineData("0000000000001000", Capabilities.NetAdmin)]
    [InlineData("0000000000002000", Capabilities.NetRaw)]
    [InlineData("0000000000003000", Capabilities.NetAdmin | Capabilities.NetRaw)]
    [InlineData("000001ffffffffff", Capabilities.NetAdmin | Capabilities.NetRaw | Capabilities.SysAdmin | Capabilities.SetUid | Capabilities.SetGid | Capabilities.Kill)]
    [InlineData("000001ffffffcfff", Capabilities.SysAdmin | Capabilities.SetUid | Capabilities.SetGid | Capabilities.Kill)]
    [InlineData("rubbish", Capabilities.None)]
    public void Effective_capabilities_are_read_from_the_status(string value, Capabilities expected)
        => Assert.Equal(expected, ProcessCapabilities.Parse(["Name:\tpwsh", "CapPrm:\t000001ffffffffff", $"CapEff:\t{value}"]));

    [Fact]
    public void Status_without_the_line_means_none() => Assert.Equal(Capabilities.None, ProcessCapabilities.Parse(["Name:\tpwsh"]));

    [Fact]
    public void Missing_capability_is_named_with_three_ways_out()
    {
        var error = Assert.Throws<VrrpException>(
            () => ProcessCapabilities.Require(Capabilities.NetAdmin | Capabilities.NetRaw, Capabilities.SysAdmin));
        Assert.Equal(ErrorIds.MissingCapability, error.ErrorId);
        Assert.Contains("lacks CAP_NET_ADMIN and CAP_NET_RAW", error.Message, StringComparison.Ordinal);
        Assert.Contains("sudo", error.Message, StringComparison.Ordinal);
        Assert.Contains("setcap cap_net_admin,cap_net_raw+ep", error.Message, StringComparison.Ordinal);
        Assert.Contains("AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW", error.Message, StringComparison.Ordinal);
        Assert.Contains("--cap-add NET_ADMIN --cap-add NET_RAW", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_is_missing_is_named()
    {
        var error = Assert.Throws<VrrpException>(() => ProcessCapabilities.Require(Capabilities.NetAdmin | Capabilities.NetRaw, Capabilities.NetRaw));
        Assert.Contains("lacks CAP_NET_ADMIN.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("NET_RAW", error.Message, StringComparison.Ordinal);
        ProcessCapabilities.Require(Capabilities.NetRaw, Capabilities.NetRaw);
    }

    [Fact]
    public void Kernel_that_does_not_mark_addresses_is_refused()
    {
        var error = Assert.Throws<VrrpException>(() => LinuxPlatform.Require(new Version(5, 17, 200)));
        Assert.Equal(ErrorIds.PlatformNotSupported, error.ErrorId);
        Assert.Contains("5.17.200", error.Message, StringComparison.Ordinal);
        Assert.Contains("5.18", error.Message, StringComparison.Ordinal);
        LinuxPlatform.Require(new Version(5, 18));
        LinuxPlatform.Require();
    }

    [Fact]
    public void Another_system_is_told_where_to_run()
        => Assert.Contains("needs Linux", VrrpErrors.NotLinux("Darwin 25").Message, StringComparison.Ordinal);
}
