using System.ComponentModel;
using System.Runtime.InteropServices;

namespace VrrpPS.Bench.Layout;

/// <summary>ptrace, as the kernel's headers have it.</summary>
internal static unsafe partial class TraceNative
{
    public const int GetRegisters = 12;
    public const int SetRegisters = 13;
    public const int Continue = 7;
    public const int Seize = 0x4206;

    /// <summary>PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL.</summary>
    public const int Options = 0x8 | 0x10 | 0x100000;

    /// <summary>PTRACE_EVENT_EXEC.</summary>
    public const int ExecEvent = 4;

    public const int TrapSignal = 5;

    /// <summary>Words of struct user_regs_struct (x86-64), and which of them is the instruction pointer.</summary>
    public const int RegisterWords = 27, InstructionPointer = 16;

    /// <summary>__WALL: threads, too.</summary>
    private const int All = 0x40000000;

    private const int Interrupted = 4;

    /// <summary>One request.</summary>
    /// <returns>Whether the thread was still there.</returns>
    public static bool TryRequest(int request, int thread, void* data) => Ptrace(request, thread, null, data) >= 0;

    /// <summary>One request that has to succeed.</summary>
    public static void Request(int request, int thread, void* data, string what)
    {
        if (!TryRequest(request, thread, data))
        {
            throw new BenchException($"Cannot {what}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    /// <summary>Waits until any thread stops or ends; 0 when there is none left.</summary>
    public static int Wait(out int status)
    {
        while (true)
        {
            int thread = WaitPid(-1, out status, All);
            if (thread >= 0 || Marshal.GetLastPInvokeError() != Interrupted)
            {
                return Math.Max(thread, 0);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    private static partial nint Ptrace(nint request, nint thread, void* address, void* data);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitPid(int pid, out int status, int options);
}
