using VrrpPS.Bench.Measure;

namespace VrrpPS.Service.Tests.EndToEnd.Services;

/// <summary>What one change cost the client.</summary>
/// <param name="Lost">When the pings left that nobody answered.</param>
/// <param name="FailedRequests">How many requests got no page, but those whose connection a change of the owner found open.</param>
/// <param name="TwoOwners">For how long at a time more than one node had the address at worst, in nanoseconds.</param>
/// <param name="Changes">What happened to the address.</param>
/// <param name="Disturbed">Whether the machine was late around a loss or a change of the owner, which says nothing about the services.</param>
internal sealed record LabSample(IReadOnlyList<long> Lost, int FailedRequests, long TwoOwners, IReadOnlyList<OwnerChange> Changes, bool Disturbed)
{
    /// <summary>In milliseconds since the first change.</summary>
    public override string ToString()
    {
        string lost = Lost.Count == 0 ? string.Empty : $" (sent from {At(Lost[0])} to {At(Lost[^1])})";
        string changes = string.Join(", ", Changes.Select(change => $"{At(change.Time)} node {change.Node} {(change.Bound ? "has" : "has no longer")} it"));
        return $"{Lost.Count} pings lost{lost}, {FailedRequests} requests failed, two owners {TwoOwners / (double)Clock.Millisecond:0.0} ms{(Disturbed ? ", disturbed" : string.Empty)}: {changes}";
    }

    private string At(long time) => FormattableString.Invariant($"{(time - (Changes.Count > 0 ? Changes[0].Time : time)) / (double)Clock.Millisecond:0.0}");
}
