using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using VrrpPS.Protocol;
using VrrpPS.Service.Run;
using VrrpPS.Service.Tests.Support;
using Xunit;

namespace VrrpPS.Service.Tests.Run;

public sealed class ReloadPlanTests
{
    [Fact]
    public void The_same_configuration_changes_nothing()
    {
        var plan = ReloadPlan.Create([Make.Instance("a"), Make.Instance("b")], [Make.Instance("b"), Make.Instance("a")]);

        Assert.True(plan.IsEmpty);
        Assert.Equal(2, plan.Unchanged);
    }

    [Fact]
    public void New_gone_and_changed_instances_are_told_apart()
    {
        var plan = ReloadPlan.Create(
            [Make.Instance("gone"), Make.Instance("kept"), Make.Instance("changed", priority: 100)],
            [Make.Instance("kept"), Make.Instance("changed", priority: 150), Make.Instance("new")]);

        Assert.Equal([new InstanceKey("gone", null)], plan.Stop);
        Assert.Equal(["changed"], plan.Change.Select(c => c.Name));
        Assert.Equal(150, plan.Change[0].Priority);
        Assert.Equal(["new"], plan.Start.Select(c => c.Name));
        Assert.Equal(1, plan.Unchanged);
        Assert.Equal("1 to start, 1 to change, 1 to stop, 1 unchanged", plan.ToString());
    }

    public static TheoryData<string> Identities => ["interface", "vrid", "family", "version"];

    [Theory]
    [MemberData(nameof(Identities))]
    public void A_changed_identity_stops_and_starts(string what)
    {
        var old = Make.Instance("a");
        var changed = what switch
        {
            "interface" => old with { InterfaceName = "eth1" },
            "vrid" => old with { VirtualRouterId = 42 },
            "family" => old with { AddressFamily = AddressFamily.IPv6 },
            _ => old with { Version = VrrpVersion.V2 },
        };

        var plan = ReloadPlan.Create([old], [changed]);

        Assert.Equal([new InstanceKey("a", null)], plan.Stop);
        Assert.Equal([changed], plan.Start);
        Assert.Empty(plan.Change);
        Assert.True(plan.Restarts(new InstanceKey("a", null)));
    }

    [Fact]
    public void The_same_name_in_another_namespace_is_another_instance()
    {
        var plan = ReloadPlan.Create([Make.Instance("a")], [Make.Instance("a") with { NetworkNamespace = "blue" }]);

        Assert.Equal([new InstanceKey("a", null)], plan.Stop);
        Assert.Equal("blue", Assert.Single(plan.Start).NetworkNamespace);
        Assert.False(plan.Restarts(new InstanceKey("a", null)));
    }

    [Fact]
    public void Names_are_compared_without_case()
    {
        var plan = ReloadPlan.Create([Make.Instance("web")], [Make.Instance("WEB")]);

        Assert.Empty(plan.Stop);
        Assert.Empty(plan.Start);
    }

    [Fact]
    public void A_name_that_occurs_twice_is_refused()
    {
        var exception = Assert.Throws<VrrpException>(() => ReloadPlan.Create([], [Make.Instance("a"), Make.Instance("A")]));

        Assert.Equal(ErrorIds.InstanceExists, exception.ErrorId);
    }
}
