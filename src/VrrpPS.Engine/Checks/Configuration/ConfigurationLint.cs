using VrrpPS.Engine.Checks.Configuration.Rules;

namespace VrrpPS.Engine.Checks.Configuration;

/// <summary>
/// What a valid configuration can still have wrong: with itself, with those of the other nodes, and in the elections they
/// hold. Pure: it opens nothing and asks no machine.
/// </summary>
public static class ConfigurationLint
{
    private static readonly IConfigurationCheck[] s_checks =
    [
        new NodeCountCheck(),
        new VirtualRouterIdCheck(),
        new VersionCheck(),
        new IntervalCheck(),
        new AuthenticationCheck(),
        new TransportCheck(),
        new AddressListCheck(),
        new ChecksumStyleCheck(),
        new PriorityCheck(),
        new PreemptCheck(),
        new SyncGroupCheck(),
        new DefaultVirtualRouterIdCheck(),
        new LinkLocalFirstCheck(),
        new AcceptModeCheck(),
        new LeaseCheck(),
    ];

    /// <summary>Looks at the configurations of one or several nodes.</summary>
    /// <param name="nodes">The nodes; their names must differ.</param>
    /// <param name="inSession">Whether they may run inside a PowerShell session, which cannot keep short intervals.</param>
    /// <param name="strict">Whether to say where they leave the RFC, too.</param>
    /// <returns>The findings and, with several nodes, a <see cref="VrrpElectionOutcome"/> for each failure.</returns>
    public static IReadOnlyList<VrrpFinding> Run(IReadOnlyList<NodeConfiguration> nodes, bool inSession, bool strict = false)
    {
        var set = new NodeSet(nodes);
        IConfigurationCheck[] session = inSession ? [new SessionIntervalCheck()] : [];
        IConfigurationCheck[] byTheBook = strict ? [new StrictCheck()] : [];
        IConfigurationCheck[] elections = [new UselessCheckCheck(), new FailureCheck()];
        // What has to be mended first: in a table, the outcomes explain it.
        return [.. s_checks.Concat(session).Concat(byTheBook).Concat(elections).SelectMany(check => check.Check(set)).OrderBy(static finding => finding is VrrpElectionOutcome)];
    }
}
