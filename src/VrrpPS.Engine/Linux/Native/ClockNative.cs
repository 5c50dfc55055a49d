using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>The import for clocks.</summary>
internal static unsafe partial class ClockNative
{
    public const int CLOCK_MONOTONIC = 1;
    public const int CLOCK_BOOTTIME = 7;

    [LibraryImport(Libc.Name, EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    public static partial int GetTime(int clock, TimeSpec* time);
}
