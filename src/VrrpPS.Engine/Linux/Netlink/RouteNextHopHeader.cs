using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>struct rtnexthop.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RouteNextHopHeader
{
    public ushort Length;
    public byte Flags;
    public byte Hops;
    public int Index;
}
