using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Watch;

namespace VrrpPS.Engine.Probe;

/// <summary>
/// Finds out whether a virtual address answers and who answers for it: ARP or neighbour discovery, ICMP echo and, as asked,
/// TCP and HTTP. What a missing capability forbids is left out and said.
/// </summary>
public static class VipProbe
{
    /// <summary>Probes one address.</summary>
    /// <param name="options">What to probe and how.</param>
    /// <param name="time">The clock for the time stamp; by default the system's.</param>
    /// <param name="cancellationToken">Ends the probe at once.</param>
    /// <exception cref="VrrpException">
    /// PlatformNotSupported, NamespaceNotFound, InterfaceNotFound, MissingCapability (to enter the namespace), InvalidAddress
    /// (the URI), KernelRefused.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<VipReachability> RunAsync(
        VipProbeOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        LinuxPlatform.Require();
        if (options.Uri is { } uri && !(uri.IsAbsoluteUri && uri.Scheme is "http" or "https"))
        {
            throw VrrpErrors.NotHttp(uri);
        }

        try
        {
            var started = (time ?? TimeProvider.System).GetUtcNow();
            var route = await NamespaceGate.RunAsync(
                options.NetworkNamespace, () => RouteLookup.Find(options.Address, options.InterfaceName));
            return await new VipProbeRun(options, route, started).RunAsync(cancellationToken);
        }
        catch (KernelException e)
        {
            throw VrrpErrors.KernelRefused(e, options.Address.ToString());
        }
    }
}
