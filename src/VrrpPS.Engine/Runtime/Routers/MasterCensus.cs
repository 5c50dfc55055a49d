using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Routers;

/// <summary>
/// Tells a Backup that two others advertise as Master at the same time. One of them may just be taking over from the other, so
/// both must have been heard several times and both lately.
/// </summary>
internal sealed class MasterCensus
{
    private const int TimesHeard = 3;

    private Speaker _first;
    private Speaker _second;

    /// <summary>Takes an advertisement in; the other Master's address when there are two, otherwise none.</summary>
    public InetAddress Hear(InetAddress source, byte priority, Interval interval, Instant now)
    {
        if (priority == 0)
        {
            Forget(source);
            return default;
        }

        if (_first.Address != source)
        {
            // The one heard last comes first; a third pushes out the one not heard for longest.
            (_second, _first) = (_first, _second.Address == source ? _second : new Speaker { Address = source });
        }

        // Only one that keeps its rhythm counts: a Master that comes back starts anew.
        _first.Times = now - _first.LastHeard <= interval.Nanoseconds * 3 / 2 ? _first.Times + 1 : 1;
        _first.LastHeard = now;
        bool two = !_second.Address.IsNone
            && _first.Times >= TimesHeard
            && _second.Times >= TimesHeard
            && now - _second.LastHeard <= interval.Nanoseconds * 3 / 2;
        return two ? _second.Address : default;
    }

    private void Forget(InetAddress source)
    {
        if (_first.Address == source)
        {
            _first = default;
        }
        else if (_second.Address == source)
        {
            _second = default;
        }
    }

    private struct Speaker
    {
        public InetAddress Address;
        public Instant LastHeard;
        public int Times;
    }
}
