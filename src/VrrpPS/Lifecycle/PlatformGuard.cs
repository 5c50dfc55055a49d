namespace VrrpPS.Lifecycle;

/// <summary>The one place that asks which operating system this is, so that the refusal can be tested on Linux too.</summary>
internal static class PlatformGuard
{
    /// <summary>Whether sockets and addresses of the Linux kernel are there.</summary>
    internal static bool IsLinux { get; set; } = OperatingSystem.IsLinux();
}
