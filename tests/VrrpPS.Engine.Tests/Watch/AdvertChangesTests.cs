using VrrpPS.Engine.Watch;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

public sealed class AdvertChangesTests
{
    private readonly AdvertChanges _changes = new();

    [Fact]
    public void A_Master_that_says_the_same_again_says_nothing_new()
    {
        Assert.Equal(["new"], Observe(Said.A(0)));
        Assert.Empty(Observe(Said.A(1)));
        Assert.Empty(Observe(Said.A(2)));
    }

    [Fact]
    public void Another_Master_is_new_and_says_after_what()
    {
        _ = Observe(Said.A(0, 200));
        Assert.Equal(["new Master, 3.2 s after 10.0.0.1"], Observe(Said.B(3.2)));
        Assert.Equal(["new Master, 0.5 s after 10.0.0.2"], Observe(Said.A(3.7, 200)));
    }

    [Fact]
    public void Giving_up_is_said_once_and_by_whom_the_role_was_taken()
    {
        _ = Observe(Said.A(0));
        Assert.Equal(["gives up"], Observe(Said.A(0.4, 0)));
        Assert.Empty(Observe(Said.A(0.5, 0)));
        Assert.Equal(["new Master, 0.5 s after 10.0.0.1 gave up"], Observe(Said.B(1)));
    }

    [Fact]
    public void Coming_back_after_giving_up_is_new()
    {
        _ = Observe(Said.A(0, 0));
        Assert.Equal(["Master again after 2 s"], Observe(Said.A(2)));
    }

    [Fact]
    public void A_priority_an_interval_and_a_list_are_named_with_both_values()
    {
        _ = Observe(Said.A(0));
        Assert.Equal(["priority 100 -> 90"], Observe(Said.A(1, 90)));
        Assert.Equal(["interval 1s -> 2s"], Observe(Said.A(2, 90) with { Centiseconds = 200 }));
        Assert.Equal(["addresses 10.0.0.100 -> 10.0.0.100, 10.0.0.101"], Observe(Said.A(3, 90) with { Centiseconds = 200, Addresses = ["10.0.0.100", "10.0.0.101"] }));
    }

    [Fact]
    public void What_receivers_discard_changes_nothing()
    {
        _ = Observe(Said.A(0));
        Assert.Empty(Observe(Said.B(0.1, 250) with { Malformed = "it is cut" }));
        Assert.Empty(Observe(Said.A(1)));
    }

    [Fact]
    public void Virtual_routers_and_interfaces_are_told_apart()
    {
        _ = Observe(Said.A(0));
        Assert.Single(Observe(Said.A(0.1) with { Vrid = 99 }));
        Assert.Single(Observe(Said.A(0.2) with { Interface = "eth9" }));
        Assert.Empty(Observe(Said.A(1)));
    }

    private IReadOnlyList<string> Observe(Said said) => _changes.Observe(said.ToObservation());
}
