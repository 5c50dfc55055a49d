using System.Runtime.InteropServices;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux;

/// <summary>Waits for input on many descriptors with a nanosecond timeout (epoll_pwait2, Linux 5.11). For one thread.</summary>
public sealed unsafe class EventPoll : IDisposable
{
    private const int Capacity = 64;

    // struct epoll_event is packed on x64 only; everywhere else the token is aligned.
    private static readonly int TokenOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    private readonly Descriptor _descriptor = Descriptor.Own(EpollNative.Create(EpollNative.EPOLL_CLOEXEC), "create an epoll descriptor");
    private readonly byte[] _events = GC.AllocateUninitializedArray<byte>(Capacity * 16, pinned: true);
    private readonly int[] _tokens = new int[Capacity];

    /// <summary>Watches a descriptor for input, level-triggered. Closing the descriptor ends that by itself.</summary>
    /// <param name="fileDescriptor">An open descriptor that is not watched yet.</param>
    /// <param name="token">What <see cref="Wait(Instant)"/> reports for it.</param>
    /// <exception cref="KernelException">The descriptor cannot be polled.</exception>
    public void Add(int fileDescriptor, int token)
    {
        byte* request = stackalloc byte[16];
        *(uint*)request = EpollNative.EPOLLIN;
        *(long*)(request + TokenOffset) = token;
        KernelException.ThrowIfFailed(
            EpollNative.Control(_descriptor.Number, EpollNative.EPOLL_CTL_ADD, fileDescriptor, request), "watch a descriptor");
    }

    /// <summary>Stops watching a descriptor; one that is not watched is no error.</summary>
    public void Remove(int fileDescriptor)
    {
        byte* unused = stackalloc byte[16];
        if (EpollNative.Control(_descriptor.Number, EpollNative.EPOLL_CTL_DEL, fileDescriptor, unused) < 0
            && Errno.Last is not (Errno.ENOENT or Errno.EBADF))
        {
            throw KernelException.Last("stop watching a descriptor");
        }
    }

    /// <summary>
    /// Waits until a descriptor has input or errors, at most until <paramref name="deadline"/> on
    /// <see cref="MonotonicClock.Now"/>. A signal ends the wait early with no token.
    /// </summary>
    /// <returns>The tokens of the ready descriptors, valid until the next call.</returns>
    public ReadOnlySpan<int> Wait(Instant deadline)
        => Wait(deadline == Instant.Never ? -1 : Math.Max(0, deadline - MonotonicClock.Now));

    /// <summary>Waits at most so many nanoseconds; 0 only looks, a negative number waits for ever.</summary>
    /// <returns>The tokens of the ready descriptors, valid until the next call.</returns>
    public ReadOnlySpan<int> Wait(long nanoseconds)
    {
        var timeout = new TimeSpec
        {
            Seconds = nanoseconds / Instant.NanosecondsPerSecond,
            Nanoseconds = nanoseconds % Instant.NanosecondsPerSecond,
        };
        int count;
        fixed (byte* events = _events)
        {
            count = EpollNative.Wait(_descriptor.Number, events, Capacity, nanoseconds < 0 ? null : &timeout);
            if (count < 0)
            {
                return Errno.Last == Errno.EINTR ? default : throw KernelException.Last("wait for events");
            }

            int size = TokenOffset + sizeof(long);
            for (int i = 0; i < count; i++)
            {
                _tokens[i] = (int)*(long*)(events + (i * size) + TokenOffset);
            }
        }

        return _tokens.AsSpan(0, count);
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
