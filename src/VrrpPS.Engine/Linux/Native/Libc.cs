namespace VrrpPS.Engine.Linux.Native;

/// <summary>What all native imports share.</summary>
internal static class Libc
{
    /// <summary>
    /// The C library by the one name that the runtime resolves on glibc and on musl, and that NativeAOT links directly.
    /// </summary>
    public const string Name = "libc";
}
