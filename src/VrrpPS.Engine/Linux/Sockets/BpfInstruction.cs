using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>struct sock_filter: one instruction of classic BPF.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BpfInstruction
{
    public ushort Code;
    public byte JumpTrue;
    public byte JumpFalse;
    public uint Operand;
}
