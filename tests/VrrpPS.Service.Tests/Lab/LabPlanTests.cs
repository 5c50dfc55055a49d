using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Tool.Lab;
using VrrpPS.Service.Tests.Support;
using Xunit;

namespace VrrpPS.Service.Tests.Lab;

public sealed class LabPlanTests
{
    [Fact]
    public void The_built_in_scenario_gives_the_documented_addresses_and_priorities()
    {
        using var error = new StringWriter();

        var plan = LabPlan.Create(LabScenario.Load(null, error));

        Assert.Equal(
            ["node1 192.168.31.203 200", "node2 192.168.31.201 199", "node3 192.168.31.202 198"],
            plan.Nodes.Select(n => $"{n.Name} {n.Address} {n.Instance.Priority}"));
        Assert.Equal("192.168.31.250", plan.VirtualAddress.ToString());
        Assert.All(plan.Nodes, n => Assert.Equal("ens33", n.Instance.InterfaceName));
    }

    [Fact]
    public void Nobody_gets_the_virtual_address()
    {
        var plan = LabPlan.Create([Node("a", "192.0.2.203/24"), Node("b", "192.0.2.203/24")]);

        Assert.DoesNotContain(plan.VirtualAddress, plan.Nodes.Select(n => n.Address).Append(plan.ClientAddress));
        Assert.Equal(3, plan.Nodes.Select(n => n.Address).Append(plan.ClientAddress).Distinct().Count());
    }

    [Fact]
    public void The_client_steps_aside_for_the_virtual_address()
    {
        var plan = LabPlan.Create([Node("a", "192.0.2.100/24"), Node("b", "192.0.2.100/24")]);

        Assert.Equal("192.0.2.101", plan.ClientAddress.ToString());
    }

    [Fact]
    public void One_node_is_no_lab() => Refused("2 to 8", [Node("a", "192.0.2.1/24")]);

    [Fact]
    public void Different_virtual_addresses_are_no_lab()
        => Refused("'b' does not hold 192.0.2.1", [Node("a", "192.0.2.1/24"), Node("b", "192.0.2.2/24")]);

    [Fact]
    public void A_directory_that_is_not_there_is_named()
    {
        using var error = new StringWriter();

        var exception = Assert.Throws<VrrpException>(() => LabScenario.Load("/no/such/directory", error));

        Assert.Equal(ErrorIds.LabUnusable, exception.ErrorId);
        Assert.Contains("/no/such/directory", exception.Message, StringComparison.Ordinal);
    }

    private static LabConfiguration Node(string name, string address)
        => new(name, string.Empty, [Make.Instance("i") with { VirtualAddresses = [VirtualAddress.Parse(address)] }]);

    private static void Refused(string because, LabConfiguration[] files)
    {
        var exception = Assert.Throws<VrrpException>(() => LabPlan.Create(files));
        Assert.Equal(ErrorIds.LabUnusable, exception.ErrorId);
        Assert.Contains(because, exception.Message, StringComparison.Ordinal);
    }
}
