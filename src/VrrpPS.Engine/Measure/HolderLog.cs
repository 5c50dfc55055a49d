using VrrpPS.Protocol;

namespace VrrpPS.Engine.Measure;

/// <summary>
/// Finds out who answers for the address: the hardware address that its packets come from, and the router whose advertisements come from
/// there. Has no clock and no socket.
/// </summary>
internal sealed class HolderLog
{
    private const int MostChanges = 1000;

    private readonly Dictionary<MacAddress, string> _routers = [];
    private readonly List<HolderChange> _changes = [];
    private string? _localRouter;
    private bool _known;
    private Holder _current;

    /// <summary>Who answered last; null before the first answer.</summary>
    public Holder? Current => _known ? Named(_current) : null;

    /// <summary>Whether any advertisement was heard.</summary>
    public bool HearsRouters => _routers.Count > 0 || _localRouter is not null;

    /// <summary>The changes so far; the first has nobody before it.</summary>
    public IReadOnlyList<HolderChange> Changes => _changes;

    /// <summary>A packet came from the address.</summary>
    /// <param name="mac">The sender's hardware address; null when it was this host.</param>
    /// <param name="time">When.</param>
    public void Answered(MacAddress? mac, Instant time)
    {
        if (_known && _current.Mac == mac)
        {
            return;
        }

        Change(new Holder(mac, RouterOf(mac)), time);
    }

    /// <summary>A router advertised the address as its Master.</summary>
    /// <param name="mac">Its hardware address; null when this host sent it.</param>
    /// <param name="router">The address that it advertises from.</param>
    /// <param name="time">When.</param>
    public void Advertised(MacAddress? mac, string router, Instant time)
    {
        string? before = RouterOf(mac);
        if (mac is { } key)
        {
            _routers[key] = router;
        }
        else
        {
            _localRouter = router;
        }

        // With a virtual MAC address the answers look the same, whoever gives them.
        if (_known && _current.Mac == mac && before is not null && before != router)
        {
            _current = new Holder(mac, before);
            Change(new Holder(mac, router), time);
        }
    }

    /// <summary>A holder with the router that is known meanwhile.</summary>
    public Holder Named(Holder holder) => holder.Router is null ? holder with { Router = RouterOf(holder.Mac) } : holder;

    private string? RouterOf(MacAddress? mac) => mac is { } key ? _routers.GetValueOrDefault(key) : _localRouter;

    private void Change(Holder next, Instant time)
    {
        if (_changes.Count < MostChanges)
        {
            _changes.Add(new HolderChange(time, _known ? Named(_current) : null, next));
        }

        _current = next;
        _known = true;
    }
}
