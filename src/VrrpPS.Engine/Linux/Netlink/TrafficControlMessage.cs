using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>struct tcmsg (linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TrafficControlMessage
{
    public const int Size = 20;

    public byte Family;
    public byte Padding1;
    public ushort Padding2;
    public int Index;
    public uint Handle;
    public uint Parent;
    public uint Info;
}
