using System.Runtime.InteropServices;

namespace VrrpPS.Bench.Loops;

/// <summary>struct mmsghdr: a struct msghdr, which is padded to 56 bytes, and the length.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal unsafe struct Message
{
    [FieldOffset(0)]
    public void* Name;

    [FieldOffset(8)]
    public uint NameLength;

    [FieldOffset(16)]
    public MessageVector* Vectors;

    [FieldOffset(24)]
    public nuint VectorCount;

    [FieldOffset(32)]
    public void* Control;

    [FieldOffset(40)]
    public nuint ControlLength;

    [FieldOffset(48)]
    public int Flags;

    [FieldOffset(56)]
    public uint Length;
}
