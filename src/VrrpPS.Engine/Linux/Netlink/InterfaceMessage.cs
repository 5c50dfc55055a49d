using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>struct ifinfomsg.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InterfaceMessage
{
    public const int Size = 16;

    public byte Family;
    public byte Padding;
    public ushort HardwareType;
    public int Index;
    public uint Flags;
    public uint Change;
}
