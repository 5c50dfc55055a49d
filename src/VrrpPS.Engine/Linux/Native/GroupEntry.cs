using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>struct group.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GroupEntry
{
    public byte* Name;
    public byte* Password;
    public uint GroupId;
    public byte** Members;
}
