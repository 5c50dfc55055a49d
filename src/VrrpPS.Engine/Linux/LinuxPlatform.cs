using System.Runtime.InteropServices;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Linux;

/// <summary>Whether this machine can run the engine.</summary>
public static class LinuxPlatform
{
    /// <summary>
    /// The oldest kernel with all that is needed: epoll_pwait2 (5.11), and addresses that carry the mark of who bound them
    /// (IFA_PROTO, 5.18). Without the mark the engine could not tell its own addresses from the host's.
    /// </summary>
    public static Version MinimumKernel { get; } = new(5, 18);

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
