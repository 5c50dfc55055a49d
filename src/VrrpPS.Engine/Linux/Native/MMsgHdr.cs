using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>struct mmsghdr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MMsgHdr
{
    public MsgHdr Header;
    public uint Length;
}
