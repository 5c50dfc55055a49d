using System.ComponentModel;
using System.Runtime.InteropServices;

namespace VrrpPS.Bench.Nodes;

/// <summary>Signals, by their numbers on the architectures .NET runs on.</summary>
internal static partial class Signals
{
    /// <summary>SIGHUP.</summary>
    public const int HangUp = 1;

    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM.</summary>
    public const int Terminate = 15;

    /// <summary>SIGCONT.</summary>
    public const int Continue = 18;

    /// <summary>SIGSTOP.</summary>
    public const int Stop = 19;

    private const int NoSuchProcess = 3;

    /// <summary>Sends one; a process that has ended is no error.</summary>
    public static void Send(int pid, int signal)
    {
        if (SendSignal(pid, signal) < 0 && Marshal.GetLastPInvokeError() is var error && error != NoSuchProcess)
        {
            throw new BenchException($"Cannot signal process {pid}: {new Win32Exception(error).Message}");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);
}
