using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>Writes down, from the kernels' own events, which host had an address when.</summary>
internal sealed class Owners : IDisposable
{
    private readonly List<(Instant Time, int Host, bool Bound)> _changes = [];
    private readonly NetlinkMonitor[] _monitors;
    private readonly InetAddress _address;
    private readonly EventFd _stop = new();
    private readonly Thread _thread;
    private readonly Instant _begin;

    /// <summary>Begins with who has the address now.</summary>
    public Owners(TestNetwork network, string address)
    {
        _address = InetAddress.Parse(address);
        _monitors = [.. network.Hosts.Select(static host => host.Run(NetlinkMonitor.Open))];
        for (int host = 0; host < network.Hosts.Count; host++)
        {
            if (network[host].Has(_address))
            {
                _changes.Add((default, host, true));
            }
        }

        _begin = MonotonicClock.Now;
        _thread = new Thread(Watch) { IsBackground = true, Name = "owners", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>The longest time without a break in which some one host, not the given one, had the address.</summary>
    public TimeSpan LongestElsewhere(int host)
        => Enumerable.Range(0, _monitors.Length).Where(other => other != host).Select(other => Longest(bound => bound[other], default)).Max();

    /// <summary>The longest time without a break, from an instant on, in which more than one host had the address.</summary>
    public TimeSpan LongestShared(Instant from = default) => Longest(static bound => bound.Count(static one => one) > 1, from);

    /// <summary>The longest time without a break, from an instant on, in which no host had the address.</summary>
    public TimeSpan LongestNowhere(Instant from = default) => Longest(static bound => !bound.Contains(true), from);

    /// <summary>How often a host got the address, having it at the start included.</summary>
    public int TakenBy(int host)
    {
        lock (_changes)
        {
            return _changes.Count(change => change.Host == host && change.Bound);
        }
    }

    public void Dispose()
    {
        _stop.Signal();
        _thread.Join();
        foreach (var monitor in _monitors)
        {
            monitor.Dispose();
        }

        _stop.Dispose();
    }

    private TimeSpan Longest(Predicate<bool[]> condition, Instant from)
    {
        bool[] bound = new bool[_monitors.Length];
        var begin = from > _begin ? from : _begin;
        long longest = 0, current = 0;
        var last = begin;
        lock (_changes)
        {
            foreach (var (time, host, isBound) in _changes.Append((MonotonicClock.Now, -1, false)))
            {
                var now = time > begin ? time : begin;
                current = condition(bound) ? current + (now - last) : 0;
                longest = Math.Max(longest, current);
                last = now;
                if (host >= 0)
                {
                    bound[host] = isBound;
                }
            }
        }

        return TimeSpan.FromTicks(longest / TimeSpan.NanosecondsPerTick);
    }

    private void Watch()
    {
        using var poll = new EventPoll();
        for (int host = 0; host < _monitors.Length; host++)
        {
            poll.Add(_monitors[host].FileDescriptor, host);
        }

        poll.Add(_stop.FileDescriptor, _monitors.Length);
        while (true)
        {
            foreach (int host in poll.Wait(Instant.Never))
            {
                if (host == _monitors.Length)
                {
                    return;
                }

                Drain(host);
            }
        }
    }

    private void Drain(int host)
    {
        while (_monitors[host].TryRead(out var change))
        {
            if (change.Kind is not (NetlinkChangeKind.AddressAdded or NetlinkChangeKind.AddressRemoved) || change.Address.Address != _address)
            {
                continue;
            }

            bool bound = change.Kind == NetlinkChangeKind.AddressAdded;
            lock (_changes)
            {
                // A renewal is an event, too, but no news.
                if (_changes.FindLast(known => known.Host == host).Bound != bound)
                {
                    _changes.Add((MonotonicClock.Now, host, bound));
                }
            }
        }
    }
}
