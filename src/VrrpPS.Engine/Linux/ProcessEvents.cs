using System.Runtime.InteropServices;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// The kernel's process connector (linux/cn_proc.h): tells of every process that is forked, executes a program, is renamed or ends. The
/// kernel has it in the first network namespace only, for a process in the first process namespace with CAP_NET_ADMIN.
/// </summary>
internal sealed unsafe class ProcessEvents : IDisposable
{
    private const int ConnectorProtocol = 11;
    private const uint ProcessIndex = 1;
    private const int NetlinkHeader = 16;
    private const int ConnectorHeader = 20;
    private const int EventData = NetlinkHeader + ConnectorHeader + 16;
    private const uint Listen = 1;
    private const long AnswerBound = 500 * Instant.NanosecondsPerMillisecond;

    private readonly Descriptor _descriptor;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(8192, pinned: true);

    private ProcessEvents(Descriptor descriptor) => _descriptor = descriptor;

    /// <summary>The descriptor to poll for input.</summary>
    public int FileDescriptor => _descriptor.Number;

    /// <summary>Begins to listen, wherever the calling thread is: the socket is made in the process's own network namespace.</summary>
    /// <param name="reason">Why not, in words, when the result is null.</param>
    public static ProcessEvents? TryOpen(out string? reason)
    {
        string? found = null;
        var events = DedicatedThread.Run(() => Open(out found));
        reason = found;
        return events;
    }

    /// <summary>Takes everything that waits; true as soon as <paramref name="concerns"/> says so of an event, or events were lost.</summary>
    /// <param name="concerns">Gets what happened and the process; of a fork, the parent.</param>
    public bool Drain(Func<ProcessEventKind, int, bool> concerns)
    {
        bool any = false;
        while (true)
        {
            nint received;
            fixed (byte* bytes = _buffer)
            {
                received = SocketNative.Receive(_descriptor.Number, bytes, (nuint)_buffer.Length, 0);
            }

            if (received >= 0)
            {
                any |= TryRead(_buffer.AsSpan(0, (int)received), out var kind, out int process) && concerns(kind, process);
                continue;
            }

            switch (Errno.Last)
            {
                case Errno.EINTR:
                    continue;
                case Errno.ENOBUFS:
                    any = true;
                    continue;
                default:
                    return any;
            }
        }
    }

    /// <summary>Reads one message; false for what does not change which processes there are.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> message, out ProcessEventKind kind, out int process)
    {
        (kind, process) = (default, 0);
        if (message.Length < EventData + 8 || MemoryMarshal.Read<uint>(message[NetlinkHeader..]) != ProcessIndex)
        {
            return false;
        }

        // struct proc_event: what, cpu, timestamp_ns, and then pid and tgid of the process, of a fork those of its parent.
        kind = (ProcessEventKind)MemoryMarshal.Read<uint>(message[(NetlinkHeader + ConnectorHeader)..]);
        int thread = MemoryMarshal.Read<int>(message[EventData..]);
        process = MemoryMarshal.Read<int>(message[(EventData + 4)..]);
        return kind switch
        {
            ProcessEventKind.Fork or ProcessEventKind.Execute => true,

            // A thread that ends or is renamed leaves the process as it is.
            ProcessEventKind.Rename or ProcessEventKind.Exit => thread == process,
            _ => false,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    private static ProcessEvents? Open(out string? reason)
    {
        reason = null;
        Descriptor? descriptor = null;
        try
        {
            const int type = SocketConstants.SOCK_RAW | SocketConstants.SOCK_CLOEXEC | SocketConstants.SOCK_NONBLOCK;
            descriptor = Descriptor.Own(SocketNative.Socket(SocketConstants.AF_NETLINK, type, ConnectorProtocol), "open a connector socket");
            byte* address = stackalloc byte[12];
            new Span<byte>(address, 12).Clear();
            *(ushort*)address = SocketConstants.AF_NETLINK;
            *(uint*)(address + 8) = ProcessIndex;
            KernelException.ThrowIfFailed(SocketNative.Bind(descriptor.Number, address, 12), "bind a connector socket");
            Ask(descriptor);
            var events = new ProcessEvents(descriptor);
            reason = events.Answer();
            if (reason is null)
            {
                return events;
            }

            events.Dispose();
            return null;
        }
        catch (KernelException exception)
        {
            descriptor?.Dispose();
            reason = exception.Message;
            return null;
        }
    }

    private static void Ask(Descriptor descriptor)
    {
        const int length = NetlinkHeader + ConnectorHeader + sizeof(uint);
        const ushort done = 3;
        byte* message = stackalloc byte[length];
        new Span<byte>(message, length).Clear();
        *(uint*)message = length;
        *(ushort*)(message + 4) = done;
        *(uint*)(message + NetlinkHeader) = ProcessIndex;
        *(uint*)(message + NetlinkHeader + 4) = ProcessIndex;
        *(ushort*)(message + NetlinkHeader + 16) = sizeof(uint);
        *(uint*)(message + NetlinkHeader + ConnectorHeader) = Listen;
        if (SocketNative.Send(descriptor.Number, message, length, 0) < 0)
        {
            throw KernelException.Last("ask for process events");
        }
    }

    /// <summary>The kernel says whether it listens to us, or nothing at all where it has no ear; why not, or null.</summary>
    private string? Answer()
    {
        using var poll = new EventPoll();
        poll.Add(FileDescriptor, 0);
        var deadline = MonotonicClock.Now + AnswerBound;
        while (poll.Wait(deadline).Length > 0)
        {
            fixed (byte* bytes = _buffer)
            {
                nint received = SocketNative.Receive(_descriptor.Number, bytes, (nuint)_buffer.Length, 0);
                if (received < EventData + 4 || *(uint*)(bytes + NetlinkHeader + ConnectorHeader) != 0)
                {
                    continue;
                }

                int error = *(int*)(bytes + EventData);
                return error == 0 ? null : new KernelException("listen to process events", error).Message;
            }
        }

        return "The kernel tells of processes only in its first network and process namespace.";
    }
}
