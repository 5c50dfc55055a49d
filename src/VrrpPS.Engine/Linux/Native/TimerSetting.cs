using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>struct itimerspec of the 64-bit architectures.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimerSetting
{
    /// <summary>How often it repeats afterwards; zero means not.</summary>
    public TimeSpec Period;

    /// <summary>When it expires.</summary>
    public TimeSpec Expiry;
}
