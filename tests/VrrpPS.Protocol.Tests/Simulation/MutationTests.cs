using Xunit;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>The invariants notice defects: each is injected into every router of ours, and some seed has to show it soon.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int SeedsAtMost = 1000;

    [Theory]
    [InlineData(InjectedFault.SkewZero, "NotTheBest")]
    [InlineData(InjectedFault.NoSkewAfterResignation, "NotTheBest")]
    [InlineData(InjectedFault.NeverYields, "TwoMasters")]
    [InlineData(InjectedFault.YieldsToLower, "YieldedToWorse")]
    [InlineData(InjectedFault.ReleasesBeforeSuccessor, "BreakBeforeMake")]
    [InlineData(InjectedFault.IgnoresLeaseEnd, "SpeaksWithoutAddress")]
    [InlineData(InjectedFault.NeverRenews, "BreakBeforeMake")]
    [InlineData(InjectedFault.LeaseTooLong, "LeaseOverlap")]
    [InlineData(InjectedFault.RenewsBeforeItSpeaks, "LeaseOverlap")]
    [InlineData(InjectedFault.TieReversed, "YieldedToWorse")]
    [InlineData(InjectedFault.NeverTakesOver, "Nobody")]
    [InlineData(InjectedFault.SpeaksBeforeItBinds, "SpeaksWithoutAddress")]
    [InlineData(InjectedFault.NeverReleases, "BoundWithoutServing")]
    [InlineData(InjectedFault.Storm, "Storm")]
    [InlineData(InjectedFault.Livelock, "Livelock")]
    [InlineData(InjectedFault.IgnoresSuspend, "StoppedMaster")]
    [InlineData(InjectedFault.TimeBeforeQueue, "TookFromTheLiving")]
    public void A_broken_router_is_caught(InjectedFault fault, string invariant)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (ulong seed = 0; seed < SeedsAtMost && !seen.ContainsKey(invariant); seed++)
        {
            try
            {
                new Scenario(new World(seed, new WorldOptions { Fault = fault })).Run();
            }
            catch (InvariantViolationException violation)
            {
                seen[violation.Invariant] = seen.GetValueOrDefault(violation.Invariant) + 1;
                if (violation.Invariant == invariant)
                {
                    output.WriteLine($"seed {seed}: {violation.Message}");
                }
            }
        }

        Assert.True(seen.ContainsKey(invariant), $"{fault} was not caught as {invariant}, but as: {string.Join(", ", seen)}");
    }

    [Fact]
    public void An_intact_router_behind_the_same_wrapper_is_not()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            Assert.True(new Scenario(new World(seed, new WorldOptions { WrapIntact = true })).Run() > 0);
        }
    }
}
