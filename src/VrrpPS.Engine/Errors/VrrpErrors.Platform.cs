using VrrpPS.Engine.Linux;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Errors;

/// <summary>Errors about the machine: privileges, namespaces, the kernel, other speakers.</summary>
public static partial class VrrpErrors
{
    /// <summary>The named network namespace does not exist.</summary>
    public static VrrpException NamespaceNotFound(string name, IReadOnlyList<string> existing) => new(
        ErrorIds.NamespaceNotFound,
        $"There is no network namespace '{name}'. " + (existing.Count == 0
            ? $"None has a name on this machine; create it with: ip netns add '{name}'."
            : $"Those that exist: {string.Join(", ", existing)}."),
        name);

    /// <summary>Not Linux.</summary>
    public static VrrpException NotLinux(string operatingSystem) => new(
        ErrorIds.PlatformNotSupported,
        $"This needs Linux (kernel {LinuxPlatform.MinimumKernel} or later); this machine runs {operatingSystem}. Run it on the Linux node that is to hold the address, for instance through Enter-PSSession or Invoke-Command -HostName.",
        operatingSystem);

    /// <summary>Too old a kernel.</summary>
    public static VrrpException KernelTooOld(Version kernel) => new(
        ErrorIds.PlatformNotSupported,
        $"This needs Linux {LinuxPlatform.MinimumKernel} or later; this machine runs {kernel}. Update the kernel.",
        kernel);

    /// <summary>A processor for which the kernel's structures are not known here.</summary>
    public static VrrpException ProcessorNotSupported(string architecture) => new(
        ErrorIds.PlatformNotSupported,
        $"This runs on x64 and arm64; this process is {architecture}. Use an x64 or arm64 build of PowerShell or vrrpps.",
        architecture);

    /// <summary>Capabilities are missing.</summary>
    public static VrrpException MissingCapability(Capabilities missing)
    {
        string names = Linux.ProcessCapabilities.Describe(missing);
        string flags = names.Replace(" and ", ",", StringComparison.Ordinal).Replace("CAP_", "cap_", StringComparison.Ordinal).ToLowerInvariant();
        string container = string.Join(' ', names.Split(" and ").Select(static name => "--cap-add " + name["CAP_".Length..]));
        return new VrrpException(
            ErrorIds.MissingCapability,
            $"This process lacks {names}. Ways out: run as root (sudo); or grant it to the executable (setcap {flags}+ep FILE) or to its systemd unit (AmbientCapabilities={names.Replace(" and ", " ", StringComparison.Ordinal)}); or in a container start it with {container}, or try it in a user namespace (unshare -Urn).",
            missing);
    }

    /// <summary>Another speaker holds the virtual router on the interface.</summary>
    public static VrrpException VirtualRouterInUse(string interfaceName, int virtualRouterId, AddressFamily family, string holder) => new(
        ErrorIds.VirtualRouterInUse,
        $"Virtual router {virtualRouterId} ({family}) on interface '{interfaceName}' is held by {holder}: two speakers on one machine would both become Master. Stop that one (Stop-VrrpInstance there), or choose another -VirtualRouterId.",
        virtualRouterId);

    /// <summary>An engine lives in the namespace, and what looks like an orphan may be its own.</summary>
    public static VrrpException EngineLives(string orphan) => new(
        ErrorIds.VirtualRouterInUse,
        $"'{orphan}' stays: an engine runs in this network namespace, and it may be its own. Stop that engine first (Get-VrrpInstance, systemctl status vrrpps), or remove it with 'ip'.",
        orphan);

    /// <summary>The kernel refused an operation.</summary>
    public static VrrpException KernelRefused(KernelException exception, object? target = null) => new(
        ErrorIds.KernelRefused, exception.Message, target, exception);
}
