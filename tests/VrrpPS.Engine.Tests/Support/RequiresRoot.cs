using VrrpPS.Engine.Linux;
using Xunit;

namespace VrrpPS.Engine.Tests.Support;

/// <summary>Skips a test of the namespace lane, in plain words, where namespaces cannot be made.</summary>
internal static class RequiresRoot
{
    public static void OrSkip()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "network namespaces exist on Linux only");
        const Capabilities needed = Capabilities.NetAdmin | Capabilities.NetRaw | Capabilities.SysAdmin;
        Assert.SkipUnless(
            (ProcessCapabilities.Effective & needed) == needed,
            "making network namespaces needs root (CAP_NET_ADMIN, CAP_NET_RAW and CAP_SYS_ADMIN)");
    }
}
