using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>Imports for timerfd.</summary>
internal static unsafe partial class TimerNative
{
    public const int TFD_CLOEXEC = 0x80000;
    public const int TFD_NONBLOCK = 0x800;
    public const int TFD_TIMER_ABSTIME = 1;

    [LibraryImport(Libc.Name, EntryPoint = "timerfd_create", SetLastError = true)]
    public static partial int Create(int clock, int flags);

    /// <summary>Sets when it expires; an expiry of zero means never.</summary>
    [LibraryImport(Libc.Name, EntryPoint = "timerfd_settime", SetLastError = true)]
    public static partial int Set(int timer, int flags, TimerSetting* setting, TimerSetting* before);
}
