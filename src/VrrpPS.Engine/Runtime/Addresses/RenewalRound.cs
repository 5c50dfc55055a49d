using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Addresses;

/// <summary>
/// The leases that are renewed in one turn of a loop, in as few datagrams as possible: Masters that advertise together renew together.
/// Every renewal still belongs to its own router's advertisement, which has left in this turn. For the loop's own thread; allocates
/// nothing where room was made before.
/// </summary>
internal sealed class RenewalRound(AddressBatch batch)
{
    private readonly List<(RouterHost Router, int Start, Instant Now)> _owed = [];
    private bool _isQuiet = true;

    /// <summary>Makes room for what so many routers may owe at once.</summary>
    public void Reserve(int routers, int addresses)
    {
        _owed.EnsureCapacity(routers);
        batch.Reserve(addresses);
    }

    /// <summary>Adds the addresses that a router has bound.</summary>
    /// <param name="router">The router.</param>
    /// <param name="addresses">Its addresses.</param>
    /// <param name="now">From when its lease counts.</param>
    /// <returns>Whether they are still of the same length: another one makes another address, which everybody must hear of.</returns>
    public bool Add(RouterHost router, VirtualAddressSet addresses, Instant now)
    {
        _owed.Add((router, batch.Count, now));
        bool isQuiet = addresses.AppendRenewals(batch);
        _isQuiet &= isQuiet;
        return isQuiet;
    }

    /// <summary>Asks the kernel, and tells every router.</summary>
    public void Commit()
    {
        if (_owed.Count == 0)
        {
            return;
        }

        int refused = 0;
        KernelException? unreachable = null;
        try
        {
            // Nothing to renew where all addresses are the host's own: those last by themselves.
            refused = batch.Count == 0 ? 0 : batch.Commit(_isQuiet);
        }
        catch (KernelException exception)
        {
            unreachable = exception;
        }

        for (int i = 0; i < _owed.Count; i++)
        {
            var (router, start, now) = _owed[i];
            int end = i + 1 < _owed.Count ? _owed[i + 1].Start : batch.Count;
            router.OnRenewed(batch.Results[start..end], refused != 0, unreachable, now);
        }

        _owed.Clear();
        batch.Clear();
        _isQuiet = true;
    }
}
