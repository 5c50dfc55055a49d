using System.ComponentModel;
using System.Runtime.InteropServices;

namespace VrrpPS.Bench.Loops;

/// <summary>The system calls of the loops that show what the kernel alone costs.</summary>
internal static unsafe partial class LoopNative
{
    public const int PacketFamily = 17;
    public const int RawSocket = 3;
    public const int DatagramSocket = 2;
    public const int MonotonicClock = 1;
    public const int AbsoluteTime = 1;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int OpenSocket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendMessages(int fd, Message* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMessages(int fd, Message* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int fd, void* data, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int fd, void* data, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    public static partial int Sleep(int clock, int flags, long* until, void* rest);

    /// <summary>Throws when a call has failed.</summary>
    public static int Check(int result, string what)
        => result >= 0 ? result : throw new BenchException($"Cannot {what}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
}
