using VrrpPS.Engine.Checks.Environment.Facts;
using VrrpPS.Engine.Checks.Environment.Rules;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Watch;

namespace VrrpPS.Engine.Checks.Environment;

/// <summary>Looks at a machine, or a network namespace of it, for what keeps VRRP from working there. Changes nothing.</summary>
public static class EnvironmentReport
{
    private static readonly IEnvironmentCheck[] s_checks =
    [
        new CapabilityCheck(),
        new KernelCheck(),
        new InterfaceCheck(),
        new FirewallCheck(),
        new PacketProgramCheck(),
        new SettingsCheck(),
        new NetworkManagerCheck(),
        new LocalKeepalivedFinding(),
        new SpeakerCheck(),
        new ContainerCheck(),
        new ClockCheck(),
        new UnseenCheck(),
    ];

    /// <summary>Looks and listens.</summary>
    /// <param name="options">What to look at.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="VrrpException">PlatformNotSupported, NamespaceNotFound, MissingCapability (to enter the namespace) or KernelRefused.</exception>
    /// <exception cref="OperationCanceledException">The token.</exception>
    public static async Task<IReadOnlyList<VrrpFinding>> RunAsync(EnvironmentOptions options, CancellationToken cancellationToken = default)
    {
        if (!OperatingSystem.IsLinux())
        {
            LinuxPlatform.Require();
        }

        var (adverts, unheard) = await ListenAsync(options, cancellationToken);
        var facts = await NamespaceGate.RunAsync(options.NetworkNamespace, () => NamespaceFacts.Gather(options, new SystemFiles()));
        return Judge(facts with { Adverts = adverts, Unseen = [.. facts.Unseen, .. unheard] });
    }

    /// <summary>What the checks make of what was seen.</summary>
    internal static IReadOnlyList<VrrpFinding> Judge(EnvironmentFacts facts)
        => [.. s_checks.SelectMany(check => check.Check(facts)).OrderByDescending(static finding => finding.Severity)];

    private static async Task<(IReadOnlyList<VrrpAdvert>? Adverts, IReadOnlyList<(string, string)> Unheard)> ListenAsync(
        EnvironmentOptions options, CancellationToken cancellationToken)
    {
        if (options.Duration <= TimeSpan.Zero)
        {
            return (null, []);
        }

        try
        {
            using var watcher = AdvertWatcher.Start(new AdvertWatchOptions { InterfaceNames = options.InterfaceNames, NetworkNamespace = options.NetworkNamespace });
            await Task.Delay(options.Duration, cancellationToken);
            var heard = new List<VrrpAdvert>();
            while (watcher.Adverts.TryRead(out var advert))
            {
                heard.Add(advert);
            }

            return (heard, []);
        }
        catch (VrrpException refusal) when (refusal.ErrorId is ErrorIds.MissingCapability or ErrorIds.KernelRefused or ErrorIds.PlatformNotSupported)
        {
            return (null, [("other speakers on the link", refusal.Message)]);
        }
    }
}
