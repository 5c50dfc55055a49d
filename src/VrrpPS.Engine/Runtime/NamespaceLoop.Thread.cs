using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime.Ports;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime;

/// <content>The thread itself.</content>
internal sealed partial class NamespaceLoop
{
    private void Main()
    {
        try
        {
            Open();
            _opened.TrySetResult();
            while (!_closing || _routers.Count > 0 || !_commands.IsEmpty)
            {
                Turn();
            }
        }
#pragma warning disable CA1031 // Whatever it is, the addresses must go and everybody who waits must be told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
        finally
        {
            try
            {
                CloseAll();
            }
            finally
            {
                _ended.TrySetResult();
            }
        }
    }

    private void Open()
    {
        _ = _engine.Options.Scheduling.Apply();
        using var networkNamespace = NetworkNamespace.OpenOrCurrent(_namespaceName);
        if (_namespaceName is not null)
        {
            networkNamespace.Enter();
        }

        _poll = new EventPoll();
        _monitor = NetlinkMonitor.Open();
        Netlink = _engine.Options.OpenNetlink();
        Batch = Netlink.CreateAddressBatch();
        Renewals = new Addresses.RenewalRound(Netlink.CreateAddressBatch());
        if (Netlink.Port is { } port)
        {
            _monitor.IgnoreQuiet(port);
        }

        Sender = new FrameSender();
        AcceptFilter = new Acceptance.AcceptFilter(_engine.Options.OpenRefusalTable);
        StartGuard(MonotonicClock.Now);
        Links.Reload(Netlink);
        _poll.Add(_wake.FileDescriptor, WakeToken);
        _poll.Add(_monitor.FileDescriptor, MonitorToken);
        if (_namespaceName is not null)
        {
            WatchName(networkNamespace);
        }
    }

    private void Turn()
    {
        var tokens = _poll!.Wait(NextDeadline());

        NoteSleep();

        // Everything that has arrived is taken in before any timer fires: what was heard in time counts, however late we woke up.
        bool linksChanged = false;
        bool routesChanged = false;
        bool woken = false;
        foreach (int token in tokens)
        {
            if (token == WakeToken)
            {
                _ = _wake.Drain();
                woken = true;
            }
            else if (token == MonitorToken)
            {
                linksChanged = DrainMonitor();
            }
            else if (token == RouteToken)
            {
                routesChanged = _routeMonitor!.Drain();
            }
            else if (token == GuardToken)
            {
                OnGuardEnded(MonotonicClock.Now);
                _agenda.TouchAll();
            }
            else if (token == NameToken)
            {
                OnNamesChanged();
                _agenda.TouchAll();
            }
        }

        // Advertisements before announcements, whatever order the kernel names the sockets in: a winner's announcement makes
        // sense only after his advertisement. Both before a lost lease is judged: who took over is on the wire by then.
        // What had no place among the tokens has arrived, too.
        DrainPorts(tokens, isAll: tokens.Length == EventPoll.Capacity);
        var now = MonotonicClock.Now;
        if (linksChanged || _reload || now >= _reloadAt)
        {
            OnLinksChanged();
            _agenda.TouchAll();
        }

        if (routesChanged)
        {
            foreach (var router in _routers)
            {
                router.RestoreRoutes();
            }

            _agenda.TouchAll();
        }

        if (now >= _guardAgainAt)
        {
            StartGuard(now);
            _agenda.TouchAll();
        }

        bool commands = RunCommands(MonotonicClock.Now + LongestCommands);
        if (woken || commands)
        {
            TakeTrackerResults();
            _agenda.TouchAll();
        }

        LetTimersFire(heard: now);
        SyncGroups.Settle();
        Sender.Flush();

        // Only who was touched can have sent anything. One that is touched meanwhile comes at the end of the same list.
        for (int i = 0; i < _agenda.Touched.Length; i++)
        {
            _agenda.Touched[i].AfterSend();
        }

        Renewals.Commit();

        RemoveRetired();
        TendGuard();
        if (_lowering.TryDequeue(out var left))
        {
            left.LowerVirtualMac();
            _agenda.Touch(left);
        }

        _agenda.EndTurn();
        if (!_isRehearsed && _routers.Count > 0)
        {
            // Once the first instance has been started and only listens.
            _isRehearsed = true;
            TakeoverRehearsal.Run();
        }

        if (commands && _routers.Count == 0)
        {
            // Whoever stopped the last instance may not have been the last to give a command: nobody else would end this thread.
            _engine.CloseIdleLoops();
        }
    }

    /// <param name="heard">When everything that had arrived was taken in.</param>
    private void LetTimersFire(Instant heard)
    {
        _agenda.Refresh();
        int place = 0;
        while (true)
        {
            // Read for each: what the routers before it had to do takes time, too.
            var now = MonotonicClock.Now;
            if (now - heard > LongestDeafness)
            {
                // Commands took long, or a takeover of a thousand addresses. What came meanwhile is heard first, or a Master would count
                // as silent because we were deaf.
                DrainPorts([], isAll: true);
                _agenda.Refresh();
                heard = now = MonotonicClock.Now;
            }

            if (_agenda.NextDue(now + CoalescingHorizon, ref place) is not { } router)
            {
                return;
            }

            _agenda.Touch(router);
            router.OnTime(now);
        }
    }

    /// <summary>The threads that look leave their results and wake the loop.</summary>
    private void TakeTrackerResults()
    {
        foreach (var router in _routers)
        {
            if (router.Trackers.HasResults)
            {
                router.TakeTrackerResults(MonotonicClock.Now);
            }
        }
    }

    private void NoteSleep()
    {
        long slept = _sleep.Look();
        if (slept == 0)
        {
            return;
        }

        foreach (var router in _routers)
        {
            router.OnSlept(slept, MonotonicClock.Now);
        }
    }

    /// <summary>No advertisement is sent earlier than this before its deadline, so no router further away needs a look.</summary>
    private const long CoalescingHorizon = 2 * Instant.NanosecondsPerMillisecond;

    /// <summary>Where the sockets have not been read for longer, they are before the next timer fires.</summary>
    private const long LongestDeafness = 5 * Instant.NanosecondsPerMillisecond;

    private Instant NextDeadline()
    {
        if (!_commands.IsEmpty || _reload || _lowering.Count > 0)
        {
            return Instant.Zero;
        }

        var next = Instant.Min(Instant.Min(_reloadAt, _guardAgainAt), _agenda.Earliest);
        foreach (var port in _ports)
        {
            next = Instant.Min(next, Instant.Min(port.AdvertisementPace.LookAt, port.AnnouncementPace.LookAt));
        }

        return next;
    }

    private bool DrainMonitor()
    {
        bool changed = false;
        while (_monitor!.TryRead(out var change))
        {
            if (change.Kind == NetlinkChangeKind.Overrun)
            {
                _reload = true;
                continue;
            }

            if (change.Kind == NetlinkChangeKind.AddressAdded && IsRenewal(change))
            {
                Links.Apply(change);
                continue;
            }

            changed = true;
            Links.Apply(change);
            if (change.Kind == NetlinkChangeKind.AddressRemoved)
            {
                foreach (var router in _routers)
                {
                    router.NoteAddressRemoved(change.Address);
                }
            }
        }

        return changed;
    }

    /// <summary>The echo of a renewal of ours changes nothing that a router must look at.</summary>
    private bool IsRenewal(in LinkOrAddressChange change)
        => change.Address.Protocol == AddressProtocol.VrrpPS
        && Links.Find(change.InterfaceIndex)?.Find(change.Address.Address) is { } known
        && known.CreationStamp == change.Address.CreationStamp
        && known.Flags == change.Address.Flags;

    private void OnLinksChanged()
    {
        var now = MonotonicClock.Now;
        if (_reload || now >= _reloadAt)
        {
            _reload = false;
            _reloadAt = Instant.Never;
            if (TryReload())
            {
                foreach (var router in _routers)
                {
                    router.CompareAddresses();
                }
            }
        }

        LookAtName(now);
        foreach (var router in _published)
        {
            // Read for each: who begins anew listens from then on.
            router.OnLinksChanged(MonotonicClock.Now);
        }
    }

    /// <summary>Reads the sockets that have something, of all of them where that is not known.</summary>
    private void DrainPorts(ReadOnlySpan<int> tokens, bool isAll)
    {
        DrainPorts(tokens, isAll, isAnnouncement: false);
        DrainPorts(tokens, isAll, isAnnouncement: true);
        CloseFailedPorts();
    }

    private void DrainPorts(ReadOnlySpan<int> tokens, bool isAll, bool isAnnouncement)
    {
        foreach (var port in _ports)
        {
            // A paced port is out of the poll; it is read whenever the loop is awake, before any timer fires.
            int token = isAnnouncement ? port.Token + 1 : port.Token;
            var pace = isAnnouncement ? port.AnnouncementPace : port.AdvertisementPace;
            if (!isAll && !pace.IsPaced && !tokens.Contains(token))
            {
                continue;
            }

            if (pace.Drained(Drain(port, isAnnouncement), MonotonicClock.Now))
            {
                int descriptor = isAnnouncement ? port.AnnouncementDescriptor : port.AdvertisementDescriptor;
                if (pace.IsPaced)
                {
                    _poll!.Remove(descriptor);
                }
                else
                {
                    _poll!.Add(descriptor, token);
                }
            }
        }
    }

    private int Drain(LinkPort port, bool isAnnouncement)
    {
        var link = Links.Find(port.BaseIndex);
        try
        {
            return isAnnouncement ? _receiver.DrainAnnouncements(port, link) : _receiver.DrainAdvertisements(port, link);
        }
        catch (KernelException exception) when (exception.ErrorNumber is Linux.Native.Errno.ENETDOWN or Linux.Native.Errno.ENODEV)
        {
            // The interface went down under the socket. Reading the error clears it; netlink tells the routers. Ours for a virtual
            // MAC address goes down whenever its addresses go.
            _reload |= !port.IsVirtual;
            return 0;
        }
        catch (KernelException exception)
        {
            // One deaf port is its routers' fault, not the end of all instances. Closed when nobody walks the ports any more.
            _failedPorts.Add((port, exception));
            return 0;
        }
    }

    private void CloseFailedPorts()
    {
        foreach (var (port, exception) in _failedPorts)
        {
            foreach (var router in _routers)
            {
                if (router.Uses(port))
                {
                    router.OnPortFailed(exception, MonotonicClock.Now);
                }
            }
        }

        _failedPorts.Clear();
    }

    /// <summary>
    /// Starting hundreds of instances at once must not keep those that run from being heard and from advertising: what is left after a
    /// while waits for the next turn, which comes at once.
    /// </summary>
    private bool RunCommands(Instant until)
    {
        bool any = false;
        while (_commands.TryDequeue(out var command))
        {
            any = true;
            try
            {
                command(MonotonicClock.Now);
            }
            finally
            {
                _ = Interlocked.Decrement(ref _outstanding);
            }

            if (MonotonicClock.Now >= until)
            {
                break;
            }
        }

        return any;
    }

    private void RemoveRetired()
    {
        if (_retired.Count == 0)
        {
            return;
        }

        RouterHost[] retired = [.. _retired];
        _retired.Clear();
        foreach (var router in retired)
        {
            _routers.Remove(router);
        }

        TakeRouters();

        // Before anybody is told that they are gone: who binds an address himself now must not lose it to the guard.
        GuardChanged();
        StateChanged();
        foreach (var router in retired)
        {
            // Only now is the one who waits told: what he asks next, or starts under the same name, finds it gone.
            router.Dispose();
        }
    }

    private void Fail(Exception exception)
    {
        lock (_gate)
        {
            _failure = exception;
        }

        _opened.TrySetException(exception is VrrpException or KernelException ? Translate(exception) : VrrpErrors.EngineFailed(exception));
        foreach (var router in _routers)
        {
            try
            {
                router.OnEngineFailure(exception);
            }
#pragma warning disable CA1031 // What broke the loop may break this, too. The next router has a right to be released all the same.
            catch (Exception second)
#pragma warning restore CA1031
            {
                _failure = new AggregateException(exception, second);
            }
        }

        // Whatever could not be released here, the guard removes.
        _guard?.Trigger();
        _ = RunCommands(Instant.Never);
    }

    private static Exception Translate(Exception exception)
        => exception is KernelException kernel ? VrrpErrors.KernelRefused(kernel) : exception;

    private void CloseAll()
    {
        foreach (var router in _routers)
        {
            router.Dispose();
        }

        _routers.Clear();
        _published = [];
        foreach (var port in _ports)
        {
            port.Dispose();
        }

        Recording?.Close();
        _guard?.Dispose();
        Sender?.Dispose();
        AcceptFilter?.Dispose();
        Netlink?.Dispose();
        _monitor?.Dispose();
        _routeMonitor?.Dispose();
        _nameWatch?.Dispose();
        _poll?.Dispose();
        _wake.Dispose();
    }
}
