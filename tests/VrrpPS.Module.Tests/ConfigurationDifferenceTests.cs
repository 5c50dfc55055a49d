using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Protocol;

namespace VrrpPS.Module.Tests;

public sealed class ConfigurationDifferenceTests
{
    private static readonly InstanceConfiguration Before = new()
    {
        Name = "a",
        InterfaceName = "eth0",
        VirtualRouterId = 41,
        AddressFamily = AddressFamily.IPv4,
        VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24")],
    };

    public static TheoryData<string, InstanceConfiguration> Changes => new()
    {
        { "Priority: 100 -> 90", Before with { Priority = 90 } },
        { "VirtualIPAddress: 192.0.2.1/24 -> 192.0.2.2/32", Before with { VirtualAddresses = [VirtualAddress.Parse("192.0.2.2")] } },
        { "ExcludedVirtualIPAddress: (none) -> 192.0.2.2/32 dev eth1", Before with { VirtualAddresses = [.. Before.VirtualAddresses, VirtualAddress.Parse("192.0.2.2 dev eth1") with { Advertised = false }] } },
        { "VirtualRoute: (none) -> 10.0.0.0/8 via 192.0.2.9", Before with { VirtualRoutes = [VirtualRoute.Parse("10.0.0.0/8 via 192.0.2.9")] } },
        { "VirtualRule: (none) -> from 192.0.2.1/32 table 7", Before with { VirtualRules = [VirtualRule.Parse("from 192.0.2.1 table 7")] } },
        { "AdvertisementInterval: 1s -> 2s", Before with { AdvertisementInterval = Interval.FromSeconds(2) } },
        { "Preempt: True -> False", Before with { Preempt = false } },
        { "PreemptDelay: 00:00:00 -> 00:00:03", Before with { PreemptDelay = TimeSpan.FromSeconds(3) } },
        { "StartupDelay: 00:00:00 -> 00:00:04", Before with { StartupDelay = TimeSpan.FromSeconds(4) } },
        { "UnicastPeer: (none) -> 192.0.2.9", Before with { UnicastPeers = [InetAddress.Parse("192.0.2.9")] } },
        { "AllowedPeer: (none) -> 192.0.2.9", Before with { AllowedPeers = [InetAddress.Parse("192.0.2.9")] } },
        { "SourceAddress: (none) -> 192.0.2.8", Before with { SourceAddress = InetAddress.Parse("192.0.2.8") } },
        { "AuthenticationPass: (none) -> ********", Before with { AuthenticationPass = Secret.FromText("hidden") } },
        { "TrackInterface: (none) -> eth1", Before with { TrackInterfaces = ["eth1"] } },
        { "ChecksumStyle: Auto -> Both", Before with { ChecksumStyle = ChecksumStyle.Both } },
        { "AddressLease: (none) -> 00:00:05", Before with { AddressLease = TimeSpan.FromSeconds(5) } },
        { "NoAddressLease: False -> True", Before with { NoAddressLease = true } },
    };

    [Fact]
    public void Nothing_differs_from_itself() => Assert.Empty(ConfigurationDifference.Between(Before, Before with { Name = "a" }));

    [Theory]
    [MemberData(nameof(Changes))]
    public void One_change_is_one_line(string line, InstanceConfiguration after) => Assert.Equal([line], ConfigurationDifference.Between(Before, after));

    [Fact]
    public void Every_value_of_Set_VrrpInstance_has_a_line()
    {
        string[] values = [.. CmdletInfo.All.Single(c => c.Name == "Set-VrrpInstance").Parameters.Select(p => p.Name == "NoPreempt" ? "Preempt" : p.Name)
            .Except(["Name", "NetworkNamespace", "InputObject", "PassThru", "Force"])];
        Assert.Equal(values.Order(StringComparer.Ordinal), Changes.Select(row => row.Data.Item1.Split(':')[0]).Order(StringComparer.Ordinal));
    }
}
