using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime;

/// <content>The guard: kept running, and told what is bound. Where there is none, every instance says so.</content>
internal sealed partial class NamespaceLoop
{
    /// <summary>How long after its end a guard is started again; doubled with every time, so that what kills it is not fed.</summary>
    private const long GuardDelay = Instant.NanosecondsPerSecond;

    private const long GreatestGuardDelay = 60 * Instant.NanosecondsPerSecond;

    private readonly List<GuardedAddress> _guarded = [];
    private readonly List<string> _guardCommands = [];
    private bool _guardHasTooMuch;
    private AddressGuard? _guard;
    private Instant _guardAgainAt = Instant.Never;
    private long _guardDelay = GuardDelay;

    /// <summary>Why no guard watches; null while one does, and when none is wanted. For the loop's own thread.</summary>
    public string? GuardProblem { get; private set; }

    /// <summary>Whether a guard is wanted.</summary>
    public bool UsesGuard => _engine.Options.UseGuard;

    /// <summary>Tells the guard of what a router is about to bind. The others' addresses have not changed.</summary>
    public void GuardAlso(RouterHost router)
    {
        _guardHasTooMuch |= router.Addresses.TakeGuardedOnce();
        if (_guard is { IsActive: true } guard)
        {
            _guarded.Clear();
            router.Addresses.AppendGuarded(_guarded);
            guard.Add(_guarded);
        }
    }

    /// <summary>
    /// Something is no longer to be removed. The guard is told at the end of the turn, once for all that is released in it, or before
    /// somebody is told that it is gone (<see cref="TendGuard"/>): until then it would try to remove what is not there.
    /// </summary>
    public void GuardLess() => _guardHasTooMuch = true;

    /// <summary>Tells the guard everything that is to be removed should this process die.</summary>
    public void GuardChanged()
    {
        _guardHasTooMuch = false;
        if (_guard is not { IsActive: true } guard)
        {
            return;
        }

        _guarded.Clear();
        foreach (var router in _routers)
        {
            router.Addresses.AppendGuarded(_guarded);
            router.AppendUnreleased(_guarded);
        }

        _guardCommands.Clear();
        foreach (var router in _routers)
        {
            _guardCommands.AddRange(router.Routes.GuardCommands());
            _guardCommands.AddRange(router.VirtualMacGuardCommands());
        }

        guard.Update(_guarded, _guardCommands);
    }

    /// <summary>Tells the guard what it was not told yet. Never waits.</summary>
    public void TendGuard()
    {
        if (_guardHasTooMuch)
        {
            GuardChanged();
        }

        // All that was urgent in this turn is done.
        _ = _guard?.Flush();
        _guard?.Ring();
    }

    private void StartGuard(Instant now)
    {
        _guardAgainAt = Instant.Never;
        if (!UsesGuard)
        {
            return;
        }

        _guard?.Dispose();
        _guard = _engine.Options.StartGuard();
        if (_guard.IsActive && _guard.ProcessDescriptor >= 0)
        {
            _poll!.Add(_guard.ProcessDescriptor, GuardToken);
        }

        _guard.Reserve(AddressCount);
        GuardChanged();
        LookAtGuard(now);
    }

    private void OnGuardEnded(Instant now)
    {
        _poll!.Remove(_guard!.ProcessDescriptor);
        _guard.NoteEnded();
        LookAtGuard(now);
    }

    private void LookAtGuard(Instant now)
    {
        string? problem = _guard?.UnavailableReason;
        if (problem is not null)
        {
            _guardAgainAt = now + _guardDelay;
            _guardDelay = Math.Min(2 * _guardDelay, GreatestGuardDelay);
        }

        if (problem == GuardProblem)
        {
            return;
        }

        GuardProblem = problem;
        foreach (var router in _routers)
        {
            router.OnGuardChanged(now);
        }
    }
}
