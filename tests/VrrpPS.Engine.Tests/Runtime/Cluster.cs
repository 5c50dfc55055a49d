using Xunit;
using System.Collections.Concurrent;
using System.Diagnostics;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Engines on the hosts of a test network, one each, as separate machines would have them.</summary>
internal sealed class Cluster : IDisposable
{
    public const string Vip = "192.0.2.100";
    public const string Vip6 = "2001:db8::100";

    private readonly VrrpEngine?[] _engines;
    private readonly ConcurrentQueue<VrrpEvent> _events = new();

    private readonly Func<int, EngineOptions> _options;

    /// <summary>Makes a network; each host's engine gets the options that are named for it.</summary>
    public Cluster(int hosts, Func<int, EngineOptions>? options = null)
    {
        _options = options ?? (static _ => EngineOptions.Default);
        Network = TestNetwork.Create(hosts);
        _engines = new VrrpEngine?[hosts];
    }

    public TestNetwork Network { get; }

    /// <summary>Everything that any engine has reported so far: what is still on its way to the subscribers is waited for.</summary>
    public IReadOnlyCollection<VrrpEvent> Events
    {
        get
        {
            Eventually.True(() => _engines.All(static engine => engine is null or { ReportsSettled: true }), "the events reach their subscribers");
            return _events;
        }
    }

    /// <summary>What one instance reported, oldest first.</summary>
    public IReadOnlyList<VrrpEvent> EventsOf(string name) => [.. Events.Where(@event => @event.Name == name)];

    /// <summary>Waits until an instance of a host has reported something.</summary>
    public VrrpEvent WaitForEvent(int host, VrrpEventKind kind, string contains = "", TimeSpan? bound = null)
    {
        VrrpEvent? Find() => _events.FirstOrDefault(@event => @event.Kind == kind
            && @event.NetworkNamespace == Network[host].NamespaceName
            && @event.Message.Contains(contains, StringComparison.Ordinal));
        Eventually.True(() => Find() is not null, () => $"host {host} reports {kind} '{contains}'. {Describe()}", bound);
        return Find()!;
    }

    public VrrpEngine Engine(int host) => _engines[host] ??= MakeEngine(host);

    /// <summary>A configuration for a host; the interval is 100 ms so that tests wait for tenths of seconds.</summary>
    public InstanceConfiguration Configuration(int host, int priority, AddressFamily family = AddressFamily.IPv4) => new()
    {
        Name = $"h{host}-{(long)family}",
        InterfaceName = TestHost.InterfaceName,
        VirtualRouterId = 41,
        AddressFamily = family,
        VirtualAddresses = family == AddressFamily.IPv4
            ? [new VirtualAddress(InetAddress.Parse(Vip), 24)]
            : [new VirtualAddress(InetAddress.Parse("fe80::100"), 128), new VirtualAddress(InetAddress.Parse(Vip6), 64)],
        Priority = priority,
        AdvertisementInterval = new Interval(10),
        NetworkNamespace = Network[host].NamespaceName,
    };

    public async Task StartAsync(int host, InstanceConfiguration configuration)
        => await Engine(host).StartAsync(configuration, TestContext.Current.CancellationToken);

    public VrrpState State(int host, AddressFamily family = AddressFamily.IPv4)
        => Engine(host).GetStates().Single(state => state.AddressFamily == family);

    public VrrpCounter Counter(int host, AddressFamily family = AddressFamily.IPv4)
        => Engine(host).GetCounters().Single(counter => counter.AddressFamily == family);

    /// <summary>Stops an instance.</summary>
    public async Task<StopOutcome> StopAsync(int host, StopOptions? options = null, AddressFamily family = AddressFamily.IPv4)
        => await Engine(host).StopAsync(Key(host, family), options ?? StopOptions.Default, TestContext.Current.CancellationToken);

    /// <summary>Changes an instance.</summary>
    public async Task ApplyAsync(int host, InstanceConfiguration configuration)
        => await Engine(host).ApplyAsync(
            new InstanceKey(configuration.Name, configuration.NetworkNamespace), configuration, TestContext.Current.CancellationToken);

    /// <summary>Waits until exactly so many hosts have the address bound.</summary>
    public void WaitForHolders(int count, string address = Vip)
        => Eventually.True(() => Holders(address) == count, $"{count} hosts have {address}");

    public InstanceKey Key(int host, AddressFamily family = AddressFamily.IPv4) => new($"h{host}-{(long)family}", Network[host].NamespaceName);

    /// <summary>Waits for a state of the election.</summary>
    public void WaitFor(int host, RouterState state, AddressFamily family = AddressFamily.IPv4, TimeSpan? bound = null)
        => WaitFor(host, current => current.State == state, $"host {host} is {state}", family, bound);

    /// <summary>Waits until a host's state is as wanted; its changes wake the wait.</summary>
    public void WaitFor(int host, Func<VrrpState, bool> wanted, string what, AddressFamily family = AddressFamily.IPv4, TimeSpan? bound = null)
    {
        using var changed = new AutoResetEvent(initialState: true);
        void Wake() => changed.Set();
        var engine = Engine(host);
        engine.StateUpdated += Wake;
        try
        {
            var limit = bound ?? Eventually.DefaultBound;
            long start = Stopwatch.GetTimestamp();
            while (engine.GetStates().FirstOrDefault(state => state.AddressFamily == family) is not { } current || !wanted(current))
            {
                var rest = limit - Stopwatch.GetElapsedTime(start);
                Assert.True(rest > TimeSpan.Zero && changed.WaitOne(rest), $"Not within {limit.TotalSeconds} s: {what}. {Describe()}");
            }
        }
        finally
        {
            engine.StateUpdated -= Wake;
        }
    }

    /// <summary>How many hosts have the address bound at the moment.</summary>
    public int Holders(string address = Vip) => Network.Hosts.Count(host => host.Has(InetAddress.Parse(address)));

    /// <summary>Everything that was reported, for the message of a failing test.</summary>
    public string Describe() => string.Join(Environment.NewLine, _events);

    public void Dispose()
    {
        foreach (var engine in _engines)
        {
            engine?.Dispose();
        }

        Network.Dispose();
    }

    private VrrpEngine MakeEngine(int host)
    {
        var engine = new VrrpEngine(_options(host));
        engine.EventRaised += _events.Enqueue;
        return engine;
    }
}
