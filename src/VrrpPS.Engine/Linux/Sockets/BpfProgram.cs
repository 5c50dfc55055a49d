using System.Runtime.InteropServices;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>A packet filter that the kernel runs on a socket (classic BPF). Made by <see cref="FilterBuilder"/> or <see cref="Filters"/>.</summary>
public sealed class BpfProgram
{
    private readonly BpfInstruction[] _instructions;

    internal BpfProgram(BpfInstruction[] instructions) => _instructions = instructions;

    /// <summary>The number of instructions; the kernel takes at most 4096.</summary>
    public int Length => _instructions.Length;

    internal ReadOnlySpan<BpfInstruction> Instructions => _instructions;

    /// <summary>Puts the filter on a socket, in place of an earlier one.</summary>
    internal unsafe void Attach(int socket)
    {
        fixed (BpfInstruction* instructions = _instructions)
        {
            var program = new Program { Length = (ushort)_instructions.Length, Instructions = instructions };
            KernelException.ThrowIfFailed(
                SocketNative.SetOption(socket, SocketConstants.SOL_SOCKET, SocketConstants.SO_ATTACH_FILTER, &program, (uint)sizeof(Program)),
                "attach a packet filter");
        }
    }

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Program
    {
        public ushort Length;
        public BpfInstruction* Instructions;
    }
}
