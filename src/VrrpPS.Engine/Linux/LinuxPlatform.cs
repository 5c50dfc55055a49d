using System.Runtime.InteropServices;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Linux;

/// <summary>Whether this machine can run the engine.</summary>
public static class LinuxPlatform
{
    /// <summary>The oldest kernel with all that is needed (epoll_pwait2).</summary>
    public static Version MinimumKernel { get; } = new(5, 11);

    /// <summary>The oldest kernel that marks addresses with who bound them (IFA_PROTO).</summary>
    public static Version AddressProtocolKernel { get; } = new(5, 18);

    /// <summary>
    /// Whether the running kernel is known to mark addresses (IFA_PROTO). Vendors' kernels may do so under an older number.
    /// </summary>
    public static bool MarksAddresses => OperatingSystem.IsLinux() && Environment.OSVersion.Version >= AddressProtocolKernel;

    /// <summary>Throws unless this machine can run the engine.</summary>
    /// <exception cref="VrrpException">PlatformNotSupported.</exception>
    public static void Require()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw VrrpErrors.NotLinux(RuntimeInformation.OSDescription);
        }

        if (RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
        {
            throw VrrpErrors.ProcessorNotSupported(RuntimeInformation.ProcessArchitecture.ToString());
        }

        Require(Environment.OSVersion.Version);
    }

    internal static void Require(Version kernel)
    {
        if (kernel < MinimumKernel)
        {
            throw VrrpErrors.KernelTooOld(kernel);
        }
    }
}
