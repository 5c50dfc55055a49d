using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>Sends frames from a host as fast as asked, in batches of one system call.</summary>
internal static class Flood
{
    /// <summary>Sends the frames in turn until the time is over; how many the kernel took.</summary>
    public static long Send(TestHost from, IReadOnlyList<byte[]> frames, int perSecond, TimeSpan duration) => from.Run(() =>
    {
        using var socket = PacketSocket.OpenSender();
        using var poll = new EventPoll();
        var batch = new PacketSendBatch(capacity: Math.Clamp(perSecond / 500, 1, 256), frameSize: 512);
        long gap = Instant.NanosecondsPerSecond * batch.Capacity / perSecond;
        var start = MonotonicClock.Now;
        var end = start + (long)duration.TotalNanoseconds;
        long sent = 0;
        int next = 0;
        for (long round = 1; MonotonicClock.Now < end; round++)
        {
            batch.Clear();
            while (batch.TryAdd(from.InterfaceIndex, frames[next]))
            {
                next = (next + 1) % frames.Count;
            }

            sent += batch.Count - socket.Send(batch);
            _ = poll.Wait(start + (round * gap));
        }

        return sent;
    });
}
