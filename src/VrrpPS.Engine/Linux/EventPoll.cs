using System.Runtime.InteropServices;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// Waits for input on many descriptors with a nanosecond timeout (epoll_pwait2, Linux 5.11). For one thread. A timeout the kernel may
/// exceed by a thousandth of it, a third of a millisecond where a Backup waits for a Master; a deadline it keeps exactly, and so that is a
/// timer of its own (timerfd).
/// </summary>
public sealed unsafe class EventPoll : IDisposable
{
    /// <summary>How many descriptors one wait tells of at most; the others are told of by the next one.</summary>
    public const int Capacity = 64;

    /// <summary>Beyond all tokens, which are shorter.</summary>
    private const long TimerToken = long.MinValue;

    // struct epoll_event is packed on x64 only; everywhere else the token is aligned.
    private static readonly int TokenOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    private readonly Descriptor _descriptor;
    private readonly Descriptor _timer;
    private readonly byte[] _events = GC.AllocateUninitializedArray<byte>(Capacity * 16, pinned: true);
    private readonly int[] _tokens = new int[Capacity];
    private Instant _timerAt = Instant.Never;

    /// <summary>Makes one that watches nothing yet.</summary>
    /// <exception cref="KernelException">The process has no descriptors left for it.</exception>
    public EventPoll()
    {
        _descriptor = Descriptor.Own(EpollNative.Create(EpollNative.EPOLL_CLOEXEC), "create an epoll descriptor");
        Descriptor? timer = null;
        try
        {
            timer = Descriptor.Own(
                TimerNative.Create(ClockNative.CLOCK_MONOTONIC, TimerNative.TFD_NONBLOCK | TimerNative.TFD_CLOEXEC), "create a timer");

            // Edge-triggered: an expiry is told once and need not be read away.
            Add(timer.Number, TimerToken, EpollNative.EPOLLIN | EpollNative.EPOLLET);
            _timer = timer;
        }
        catch
        {
            timer?.Dispose();
            _descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Watches a descriptor for input, level-triggered. Closing the descriptor ends that by itself.</summary>
    /// <param name="fileDescriptor">An open descriptor that is not watched yet.</param>
    /// <param name="token">What <see cref="Wait(Instant)"/> reports for it.</param>
    /// <exception cref="KernelException">The descriptor cannot be polled.</exception>
    public void Add(int fileDescriptor, int token)
    {
        Add(fileDescriptor, token, EpollNative.EPOLLIN);
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
    {
        if (deadline <= MonotonicClock.Now)
        {
            return Wait(0);
        }

        SetTimer(deadline);
        return Wait(-1);
    }

    /// <summary>Waits at most so many nanoseconds; 0 only looks, a negative number waits for ever.</summary>
    /// <returns>The tokens of the ready descriptors, valid until the next call.</returns>
    public ReadOnlySpan<int> Wait(long nanoseconds)
    {
        var timeout = new TimeSpec
        {
            Seconds = nanoseconds / Instant.NanosecondsPerSecond,
            Nanoseconds = nanoseconds % Instant.NanosecondsPerSecond,
        };
        fixed (byte* events = _events)
        {
            int count = EpollNative.Wait(_descriptor.Number, events, Capacity, nanoseconds < 0 ? null : &timeout);
            if (count < 0)
            {
                return Errno.Last == Errno.EINTR ? default : throw KernelException.Last("wait for events");
            }

            return Take(events, count);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _descriptor.Dispose();
    }

    private void Add(int fileDescriptor, long token, uint events)
    {
        byte* request = stackalloc byte[16];
        *(uint*)request = events;
        *(long*)(request + TokenOffset) = token;
        KernelException.ThrowIfFailed(
            EpollNative.Control(_descriptor.Number, EpollNative.EPOLL_CTL_ADD, fileDescriptor, request), "watch a descriptor");
    }

    /// <summary>The tokens of these events; the timer is nobody's, and has expired.</summary>
    private ReadOnlySpan<int> Take(byte* events, int count)
    {
        int size = TokenOffset + sizeof(long);
        int taken = 0;
        for (int i = 0; i < count; i++)
        {
            long token = *(long*)(events + (i * size) + TokenOffset);
            if (token == TimerToken)
            {
                _timerAt = Instant.Never;
            }
            else
            {
                _tokens[taken++] = (int)token;
            }
        }

        return _tokens.AsSpan(0, taken);
    }

    private void SetTimer(Instant deadline)
    {
        if (deadline == _timerAt)
        {
            return;
        }

        var setting = new TimerSetting();
        if (deadline != Instant.Never)
        {
            setting.Expiry.Seconds = deadline.Nanoseconds / Instant.NanosecondsPerSecond;
            setting.Expiry.Nanoseconds = deadline.Nanoseconds % Instant.NanosecondsPerSecond;
        }

        KernelException.ThrowIfFailed(TimerNative.Set(_timer.Number, TimerNative.TFD_TIMER_ABSTIME, &setting, null), "set a timer");
        _timerAt = deadline;
    }
}
