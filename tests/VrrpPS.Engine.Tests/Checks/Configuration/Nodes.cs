using VrrpPS.Engine.Checks.Configuration;
using VrrpPS.Engine.Configuration;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Tests.Checks.Configuration;

/// <summary>Nodes to look at: all of virtual router 41 on eth0, agreeing in everything that a test does not change.</summary>
internal static class Nodes
{
    public static InstanceConfiguration Instance(int priority = 100, AddressFamily family = AddressFamily.IPv4) => new()
    {
        Name = "vip",
        InterfaceName = "eth0",
        VirtualRouterId = 41,
        AddressFamily = family,
        VirtualAddresses = [VirtualAddress.Parse(family == AddressFamily.IPv4 ? "192.0.2.250" : "fe80::250")],
        Priority = priority,
    };

    /// <summary>Nodes called a, b, c with an instance each.</summary>
    public static NodeConfiguration[] Of(params InstanceConfiguration[] instances)
        => [.. instances.Select(static (instance, position) => new NodeConfiguration($"{(char)('a' + position)}", [instance]))];

    public static IReadOnlyList<VrrpFinding> Lint(params InstanceConfiguration[] instances) => ConfigurationLint.Run(Of(instances), inSession: true);

    /// <summary>The findings without the outcomes.</summary>
    public static IReadOnlyList<VrrpFinding> Findings(params InstanceConfiguration[] instances)
        => [.. Lint(instances).Where(static finding => finding is not VrrpElectionOutcome)];

    public static IReadOnlyList<VrrpElectionOutcome> Outcomes(params InstanceConfiguration[] instances) => [.. Lint(instances).OfType<VrrpElectionOutcome>()];
}
