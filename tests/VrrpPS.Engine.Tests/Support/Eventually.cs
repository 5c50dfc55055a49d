using System.Diagnostics;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Support;

/// <summary>Waits, with a bound, for what happens by itself.</summary>
internal static class Eventually
{
    /// <summary>Long enough for a busy machine; reached only by a failing test.</summary>
    public static readonly TimeSpan DefaultBound = TimeSpan.FromSeconds(15);

    /// <summary>Waits until a condition without an event of its own holds. Fails naming it when it does not in time.</summary>
    public static void True(Func<bool> condition, string what, TimeSpan? bound = null) => True(condition, () => what, bound);

    /// <summary>Waits until a condition without an event of its own holds; what is missing is put into words when it does not.</summary>
    public static void True(Func<bool> condition, Func<string> what, TimeSpan? bound = null)
    {
        var limit = bound ?? DefaultBound;
        long start = Stopwatch.GetTimestamp();
        using var pause = new ManualResetEventSlim();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) >= limit)
            {
                Assert.Fail($"Not within {limit.TotalSeconds:0.#} s: {what()}.");
            }

            _ = pause.Wait(TimeSpan.FromMilliseconds(2));
        }
    }

    /// <summary>Waits for a change of links or addresses and returns the first that matches.</summary>
    public static LinkOrAddressChange Change(
        NetlinkMonitor monitor, Func<LinkOrAddressChange, bool> predicate, string what, TimeSpan? bound = null)
    {
        var limit = bound ?? DefaultBound;
        var deadline = MonotonicClock.Now + (long)(limit.TotalSeconds * Instant.NanosecondsPerSecond);
        using var poll = new EventPoll();
        poll.Add(monitor.FileDescriptor, 0);
        while (true)
        {
            while (monitor.TryRead(out var change))
            {
                if (predicate(change))
                {
                    return change;
                }
            }

            Assert.True(MonotonicClock.Now < deadline, $"Not within {limit.TotalSeconds:0.#} s: {what}.");
            _ = poll.Wait(deadline);
        }
    }

    /// <summary>Waits until a descriptor has input.</summary>
    public static void Readable(int fileDescriptor, string what, TimeSpan? bound = null)
        => Assert.True(IsReadable(fileDescriptor, bound ?? DefaultBound), $"Not within the bound: {what}.");

    /// <summary>Whether a descriptor gets input within a time.</summary>
    public static bool IsReadable(int fileDescriptor, TimeSpan bound)
    {
        using var poll = new EventPoll();
        poll.Add(fileDescriptor, 0);
        return poll.Wait((long)(bound.TotalSeconds * Instant.NanosecondsPerSecond)).Length > 0;
    }
}
