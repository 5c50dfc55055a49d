using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>struct passwd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UserEntry
{
    public byte* Name;
    public byte* Password;
    public uint UserId;
    public uint GroupId;
    public byte* Description;
    public byte* HomeDirectory;
    public byte* Shell;
}
