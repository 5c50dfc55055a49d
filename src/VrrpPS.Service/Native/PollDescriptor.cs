using System.Runtime.InteropServices;

namespace VrrpPS.Service.Native;

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    /// <summary>The descriptor.</summary>
    public int Number;

    /// <summary>What is asked for; errors are told in any case.</summary>
    public short Wanted;

    /// <summary>What is true of it.</summary>
    public short Returned;
}
