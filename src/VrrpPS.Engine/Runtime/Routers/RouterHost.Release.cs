using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime.Addresses;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>
/// Releases addresses. One that the kernel does not release at once (no memory, no buffer) is released later: a lease would end it, but
/// an address without one would be served beside the successor for ever.
/// </content>
internal sealed partial class RouterHost
{
    private const long ReleaseRetryDelay = Instant.NanosecondsPerSecond;

    private const int ReleaseKey = 1007;

    /// <summary>So often a stop waits for a release that fails.</summary>
    private const int ReleaseAttempts = 5;

    private readonly List<AddressAssignment> _unreleased = [];
    private Instant _releaseAgainAt = Instant.Never;
    private int _releaseFailures;
    private string _refusal = string.Empty;

    /// <summary>Whether an instance that leaves for good must wait for the kernel to release its addresses.</summary>
    private bool OwesRelease => _unreleased.Count > 0 && _releaseFailures < ReleaseAttempts;

    /// <summary>Appends what is still to be released, for the guard.</summary>
    public void AppendUnreleased(List<GuardedAddress> list)
    {
        foreach (var assignment in _unreleased)
        {
            if (_loop.Links.Find(assignment.InterfaceIndex) is { } link && GuardedAddress.IsGuardable(link.Name))
            {
                list.Add(new GuardedAddress(assignment.Address, assignment.PrefixLength, link.Name) { Peer = assignment.Peer });
            }
        }
    }

    /// <summary>
    /// Releases the addresses of some effects, or all for none, in one batch: one by one, the kernel's answers would take longer than the
    /// hand-over itself.
    /// </summary>
    private void Release(ReadOnlySpan<Effect> effects)
    {
        _loop.Sender.Flush();
        var batch = _loop.Batch;
        batch.Clear();
        foreach (ref readonly var effect in effects)
        {
            Addresses.AppendRelease(effect.AddressIndex, batch);
        }

        for (int i = 0; i < Addresses.Count && effects.IsEmpty; i++)
        {
            Addresses.AppendRelease(i, batch);
        }

        if (!Addresses.HoldsAny)
        {
            RemoveRoutes();
        }

        // An address that is gone already (expired, or its interface went down) is as good as released.
        CommitRelease(batch);
        _loop.LowerSoon(this);
        _loop.GuardLess();
        Dirty();
    }

    /// <summary>Carries a batch of releases out; an address that is gone already (expired, or its interface went down) is as good as released.</summary>
    private void CommitRelease(AddressBatch batch)
    {
        int refused = CommitAll(batch);
        if (refused == 0)
        {
            return;
        }

        foreach (ref readonly var result in batch.Results)
        {
            if (result.IsDelete && (refused < 0 || result.ErrorNumber is not (0 or Errno.EADDRNOTAVAIL or Errno.ENODEV)))
            {
                _unreleased.Add(result.Assignment);
                _refusal = refused < 0 ? _refusal : result.ToException().Message;
            }
        }

        if (_unreleased.Count > 0)
        {
            _releaseFailures++;
            _releaseAgainAt = MonotonicClock.Now + ReleaseRetryDelay;
            bool last = _stop is { Target: RouterState.Initialize } && !OwesRelease;
            if (!last && !_limiter.Allows(ReleaseKey, MonotonicClock.Now))
            {
                return;
            }

            Report(VrrpEventKind.KernelRefused, $"{string.Join(", ", _unreleased.Select(static assignment => assignment.Address))} could not be released from {Configuration.InterfaceName} ({_refusal.TrimEnd('.')}); {(last ? "remove it with: ip address delete" : "it is tried again")}.", isWarning: true);
        }
    }

    private void ReleaseAgain()
    {
        _releaseAgainAt = Instant.Never;
        var batch = _loop.Batch;
        batch.Clear();
        foreach (var assignment in _unreleased)
        {
            // Served again meanwhile: what is bound now is wanted.
            int index = Addresses.IndexOf(assignment.Address);
            if (index < 0 || Addresses.Holding(index) == AddressHolding.Unbound)
            {
                batch.Delete(assignment);
            }
        }

        _unreleased.Clear();
        CommitRelease(batch);
        if (_unreleased.Count == 0)
        {
            _releaseFailures = 0;
        }

        _loop.GuardLess();
        _ = TryRefreshRefused();
        FinishLeaving();
    }
}
