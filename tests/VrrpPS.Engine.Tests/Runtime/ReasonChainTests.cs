using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Report;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

public sealed class ReasonChainTests
{
    [Fact]
    public void The_chain_goes_back_to_when_the_instance_was_last_in_this_state()
    {
        var chain = ReasonChain.Of(
        [
            Samples.Transition(seconds: 0, from: RouterState.Initialize, to: RouterState.Backup),
            Samples.Transition(seconds: 3),
            Samples.Transition(seconds: 5, from: RouterState.Master, to: RouterState.Fault),
            Samples.Transition(seconds: 7, from: RouterState.Fault, to: RouterState.Backup),
            Samples.Transition(seconds: 9),
        ]);

        Assert.Equal(["12:00:05.000 Master -> Fault", "12:00:07.000 Fault -> Backup", "12:00:09.000 Backup -> Master"], chain.Select(static text => text[..text.IndexOf(": ", 9, StringComparison.Ordinal)]));
    }

    [Fact]
    public void It_goes_back_to_the_start_of_one_that_was_never_in_this_state_before()
        => Assert.Equal(2, ReasonChain.Of([Samples.Transition(seconds: 0, from: RouterState.Initialize, to: RouterState.Backup), Samples.Transition(seconds: 3)]).Count);

    [Fact]
    public void Nothing_has_no_chain() => Assert.Empty(ReasonChain.Of([]));
}
