using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>
/// struct msghdr as the 64-bit kernel has it. musl declares narrower lengths with explicit padding, which is the same bytes
/// on a little-endian machine.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MsgHdr
{
    public void* Name;
    public uint NameLength;
    public IoVec* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}
