using System.Collections.Concurrent;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Notification;
using VrrpPS.Engine.Recording;
using VrrpPS.Engine.Runtime.Acceptance;
using VrrpPS.Engine.Runtime.Groups;
using VrrpPS.Engine.Runtime.Links;
using VrrpPS.Engine.Runtime.Ports;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime;

/// <summary>
/// The one thread that owns everything in a network namespace: sockets, netlink, timers and the state of all routers. It waits
/// in the kernel for packets, netlink events and commands; after every wake-up it takes in all that has arrived, reads the
/// clock, and only then lets timers fire. Others post commands and read snapshots.
/// </summary>
internal sealed partial class NamespaceLoop : IDisposable
{
    private const int WakeToken = 0;
    private const int MonitorToken = 1;
    private const int GuardToken = 2;
    private const int RouteToken = 3;
    private const int NameToken = 4;
    private const int FirstPortToken = 5;
    private const long ReloadRetryDelay = 100 * Instant.NanosecondsPerMillisecond;

    /// <summary>How long a turn may be kept by commands, but for the first of them.</summary>
    private const long LongestCommands = 2 * Instant.NanosecondsPerMillisecond;

    private readonly ConcurrentQueue<Action<Instant>> _commands = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string? _namespaceName;
    private readonly VrrpEngine _engine;
    private readonly EventFd _wake = new();
    private readonly List<RouterHost> _routers = [];
    private readonly List<LinkPort> _ports = [];
    private readonly PortReceiver _receiver = new();
    private readonly RouterAgenda _agenda = new();
    private readonly SleepDetector _sleep = new();
    private readonly Lock _gate = new();
    private EventPoll? _poll;
    private NetlinkMonitor? _monitor;
    private RouteMonitor? _routeMonitor;
    private volatile RouterHost[] _published = [];
    private int _nextToken = FirstPortToken;
    private double _phase;
    private int _ofPhase;
    private bool _reload;
    private Instant _reloadAt = Instant.Never;
    private int _outstanding;
    private volatile bool _closing;
    private bool _refusesStarts;
    private bool _isRehearsed;
    private volatile Exception? _failure;

    public NamespaceLoop(VrrpEngine engine, string? namespaceName)
    {
        _engine = engine;
        _namespaceName = namespaceName;
        Recording = engine.OpenRecordingChannel();
        SyncGroups = new SyncGroupTable(engine.Notifications, engine.Options.TimeProvider);
        var thread = new Thread(Main)
        {
            IsBackground = true,
            Name = namespaceName is null ? "vrrp" : $"vrrp {namespaceName}",
            Priority = ThreadPriority.Highest,
        };
        thread.Start();
    }

    /// <summary>Where the routers record; null when nobody wants that.</summary>
    public RecordingChannel? Recording { get; }

    public TimeProvider TimeProvider => _engine.Options.TimeProvider;

    public VrrpHost Host => _engine.Options.Host;

    /// <summary>Whom the routers tell what happens.</summary>
    public NotificationCenter Notifications => _engine.Notifications;

    public LinkTable Links { get; } = new();

    public RouteNetlink Netlink { get; private set; } = null!;

    /// <summary>
    /// The part of its interval after which a new router's advertisements leave. As many share a phase, and with it a wake-up and a system
    /// call, as a peer's receive buffer takes at once; the next ones are apart from them.
    /// </summary>
    public double NextPhase()
    {
        if (_ofPhase++ % FrameSender.GreatestBatch == 0)
        {
            _phase = _engine.NextPhase();
        }

        return _phase;
    }

    /// <summary>The reusable batch for address changes; nobody keeps it across a call.</summary>
    public AddressBatch Batch { get; private set; } = null!;

    /// <summary>The leases that are renewed at the end of this turn.</summary>
    public Addresses.RenewalRound Renewals { get; private set; } = null!;

    public FrameSender Sender { get; private set; } = null!;

    /// <summary>What keeps the kernel from accepting what is sent to some addresses.</summary>
    public AcceptFilter AcceptFilter { get; private set; } = null!;

    /// <summary>The buffers that routers take their steps with.</summary>
    public EffectPool Effects { get; } = new();

    /// <summary>The routers that move together.</summary>
    public SyncGroupTable SyncGroups { get; }

    /// <summary>The routers, for the loop's own thread.</summary>
    public List<RouterHost> Routers => _routers;

    /// <summary>The routers as last published, for everybody else.</summary>
    public IReadOnlyList<RouterHost> Published => _published;

    /// <summary>Completes when the namespace is entered and netlink is open, or fails with the reason.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Completes when the thread has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether the thread still takes commands.</summary>
    public bool IsAlive => !_closing && _failure is null;

    /// <summary>Runs a command on the loop and completes with its result.</summary>
    /// <exception cref="VrrpException">EngineFailed, when the loop has ended.</exception>
    public Task<T> InvokeAsync<T>(Func<Instant, T> command)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Execute(Instant now)
        {
            if (_failure is { } failure)
            {
                completion.TrySetException(VrrpErrors.EngineFailed(failure));
                return;
            }

            try
            {
                completion.TrySetResult(command(now));
            }
            catch (Exception exception) when (exception is VrrpException or KernelException)
            {
                completion.TrySetException(exception is KernelException kernel ? VrrpErrors.KernelRefused(kernel) : exception);
            }
            catch (Exception exception)
            {
                // A defect ends the loop, but whoever gave the command is told first.
                completion.TrySetException(VrrpErrors.EngineFailed(exception));
                throw;
            }
        }

        lock (_gate)
        {
            if (_closing || _failure is not null)
            {
                completion.TrySetException(VrrpErrors.EngineFailed(_failure));
                return completion.Task;
            }

            _ = Interlocked.Increment(ref _outstanding);
            _commands.Enqueue(Execute);
        }

        _wake.Signal();
        return completion.Task;
    }

    /// <summary>Starts an instance. For the loop's own thread.</summary>
    public void Start(InstanceConfiguration configuration, Instant now)
    {
        LookAtName(now);
        foreach (var existing in _routers)
        {
            if (existing.Key == new InstanceKey(configuration.Name, configuration.NetworkNamespace))
            {
                throw VrrpErrors.InstanceExists(configuration.Name, configuration.NetworkNamespace);
            }

            var other = existing.Configuration;
            if (other.InterfaceName == configuration.InterfaceName
                && other.VirtualRouterId == configuration.VirtualRouterId
                && other.AddressFamily == configuration.AddressFamily)
            {
                throw VrrpErrors.VirtualRouterInUse(
                    other.InterfaceName, other.VirtualRouterId, other.AddressFamily, $"instance '{other.Name}' of this process");
            }
        }

        RequireOwnAddresses(configuration);
        RequireOneAcceptMode(configuration);
        SyncGroups.RequireAgreement(configuration);

        if (_refusesStarts)
        {
            throw VrrpErrors.EngineFailed(null);
        }

        var router = new RouterHost(this, configuration);
        _routers.Add(router);
        try
        {
            router.Start(now);
        }
        catch
        {
            _routers.Remove(router);
            router.Dispose();
            throw;
        }

        TakeRouters();
        StateChanged();
    }

    private void TakeRouters()
    {
        _published = [.. _routers];
        _agenda.Take(_routers);
        Renewals.Reserve(_routers.Count, AddressCount);
        _guard?.Reserve(AddressCount);
    }

    /// <summary>How many addresses all instances may bind.</summary>
    private int AddressCount => _routers.Sum(static router => router.Addresses.Count);

    /// <summary>Something happened to a router: when it wants to be called next is asked anew. For the loop's own thread.</summary>
    public void Touch(RouterHost router) => _agenda.Touch(router);

    /// <summary>
    /// Refuses an address that another instance has on the same interface: each would sweep, bind and release what the other serves.
    /// </summary>
    /// <exception cref="VrrpException">InvalidAddress, naming the address and the other instance.</exception>
    public void RequireOwnAddresses(InstanceConfiguration configuration)
    {
        foreach (var existing in _routers)
        {
            var other = existing.Configuration;
            if (other.Name == configuration.Name)
            {
                continue;
            }

            foreach (var address in configuration.VirtualAddresses)
            {
                string interfaceName = address.InterfaceName ?? configuration.InterfaceName;
                if (existing.Addresses.Contains(address.Address, interfaceName))
                {
                    throw VrrpErrors.AddressOfAnotherInstance(configuration.Name, address.Address, interfaceName, $"instance '{other.Name}'");
                }
            }
        }
    }

    /// <summary>
    /// Refuses an address that one instance accepts and another does not, each on an interface of its own: the kernel takes it from either.
    /// </summary>
    /// <exception cref="VrrpException">InvalidAddress, naming the address and the other instance.</exception>
    public void RequireOneAcceptMode(InstanceConfiguration configuration)
    {
        foreach (var existing in _routers)
        {
            var other = existing.Configuration;
            if (other.Name == configuration.Name || RouterHost.Refuses(other) == RouterHost.Refuses(configuration))
            {
                continue;
            }

            foreach (var address in configuration.VirtualAddresses)
            {
                if (address.Address is not { Family: AddressFamily.IPv6, IsLinkLocal: true } && existing.Addresses.IndexOf(address.Address) >= 0)
                {
                    throw VrrpErrors.AcceptModesDiffer(configuration.Name, address.Address, $"instance '{other.Name}'");
                }
            }
        }
    }

    /// <summary>Starts nothing any more: the engine is shutting down. For the loop's own thread.</summary>
    public void RefuseStarts() => _refusesStarts = true;

    /// <summary>Removes a router that has left.</summary>
    public void Retire(RouterHost router)
    {
        if (!_retired.Contains(router))
        {
            _retired.Add(router);
        }
    }

    /// <summary>The sockets of a family on an interface, opened when the first router needs them.</summary>
    public LinkPort OpenPort(int interfaceIndex, AddressFamily family)
    {
        foreach (var existing in _ports)
        {
            if (existing.InterfaceIndex == interfaceIndex && existing.Family == family)
            {
                return existing;
            }
        }

        return Listen(new LinkPort(interfaceIndex, family, _nextToken));
    }

    /// <summary>The sockets on the link of a virtual MAC address, which has one router only.</summary>
    public LinkPort OpenVirtualPort(int interfaceIndex, int baseIndex, AddressFamily family, MacAddress address)
        => Listen(new LinkPort(interfaceIndex, baseIndex, family, address, _nextToken));

    private LinkPort Listen(LinkPort port)
    {
        try
        {
            _poll!.Add(port.AdvertisementDescriptor, port.Token);
            _poll.Add(port.AnnouncementDescriptor, port.Token + 1);
        }
        catch
        {
            port.Dispose();
            throw;
        }

        _nextToken += 2;
        _ports.Add(port);
        return port;
    }

    /// <summary>Gives a router's place on a port up; the sockets close with the last one.</summary>
    public void ClosePort(RouterHost router, int interfaceIndex)
    {
        for (int i = _ports.Count - 1; i >= 0; i--)
        {
            var port = _ports[i];
            if (port.InterfaceIndex != interfaceIndex || port.Family != router.Configuration.AddressFamily)
            {
                continue;
            }

            port.Remove(router);
            if (port.IsEmpty)
            {
                _ports.RemoveAt(i);
                port.Dispose();
            }
        }
    }

    /// <summary>Makes the loop look at what others have left for it. Callable from any thread, also after the loop has ended.</summary>
    public void Wake() => _wake.Signal();

    /// <summary>
    /// Puts the link of a virtual MAC address down, if there is one and nothing is on it by then. One in each turn: the kernel takes its time
    /// for it, and what is due of other routers comes first.
    /// </summary>
    public void LowerSoon(RouterHost router)
    {
        if (router.Configuration.VirtualMac is not null)
        {
            _lowering.Enqueue(router);
        }
    }

    /// <summary>Netlink's picture may be wrong: read everything anew at the next wake-up.</summary>
    public void RequestReload()
    {
        _reload = true;
        _wake.Signal();
    }

    /// <summary>
    /// Reads links and addresses anew; false when the kernel cannot tell at the moment. What was known stays known then, and
    /// it is asked again a little later.
    /// </summary>
    public bool TryReload()
    {
        try
        {
            Links.Reload(Netlink);
            return true;
        }
        catch (KernelException)
        {
            _reloadAt = MonotonicClock.Now + ReloadRetryDelay;
            return false;
        }
    }

    /// <summary>Listens for removed routes from the first router on that has any.</summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public void WatchRoutes(RouterHost router)
    {
        if (_routeMonitor is null && !router.Routes.IsEmpty)
        {
            _routeMonitor = RouteMonitor.Open();
            _poll!.Add(_routeMonitor.FileDescriptor, RouteToken);
        }
    }

    public void Post(VrrpEvent @event) => _engine.Post(@event);

    public void Record(InstanceKey key, VrrpTransition transition) => _engine.Record(key, transition);

    /// <summary>A snapshot was published: whoever waits for a state looks again.</summary>
    public void StateChanged() => _engine.StateChanged();

    /// <summary>Ends the thread once it has carried out the commands posted before.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closing = true;
        }

        _wake.Signal();
    }

    /// <summary>Ends the thread if it has no instance.</summary>
    public void CloseIfIdle()
    {
        lock (_gate)
        {
            // A command that is being carried out counts: it may be a start that has not published its instance yet.
            if (_published.Length > 0 || Volatile.Read(ref _outstanding) > 0)
            {
                return;
            }

            _closing = true;
        }

        _wake.Signal();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _ended.Task.Wait(TimeSpan.FromSeconds(5));
    }

    private readonly Queue<RouterHost> _lowering = new();
    private readonly List<RouterHost> _retired = [];
    private readonly List<(LinkPort Port, KernelException Exception)> _failedPorts = [];
}
