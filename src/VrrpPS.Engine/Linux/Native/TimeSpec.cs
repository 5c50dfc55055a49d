using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>struct timespec of the 64-bit architectures.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    public long Seconds;
    public long Nanoseconds;
}
