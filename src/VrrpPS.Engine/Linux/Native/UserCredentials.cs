using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>struct ucred.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UserCredentials
{
    public int ProcessId;
    public uint UserId;
    public uint GroupId;
}
