using VrrpPS.Engine.Configuration.Static;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Watch;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Static;

/// <summary>
/// Keeps a node's static addresses, routes and rules in one network namespace: establishes them, puts back what somebody removes,
/// and removes what it brought when it is disposed. One thread of its own, inside the namespace; nothing of the election runs there.
/// A killed process leaves them, since they are the host's: the next start takes them over, <c>vrrpps sweep</c> removes them.
/// </summary>
public sealed class StaticNetwork : IDisposable
{
    private const int WakeToken = 0;
    private const int LinksToken = 1;
    private const int RoutesToken = 2;

    /// <summary>How long changes are gathered before they are looked at: somebody who removes many is not answered one by one.</summary>
    private const long Pause = 100 * Instant.NanosecondsPerMillisecond;

    private readonly EventFd _wake = new();
    private readonly TaskCompletionSource _established = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<string> _report;
    private readonly string? _namespaceName;
    private volatile StaticConfiguration _wanted;
    private volatile bool _isEnding;

    private StaticNetwork(StaticConfiguration configuration, Action<string> report)
    {
        _wanted = configuration;
        _namespaceName = configuration.NetworkNamespace;
        _report = report;
        new Thread(Main) { IsBackground = true, Name = "vrrp static" }.Start();
    }

    /// <summary>Establishes everything and goes on keeping it.</summary>
    /// <param name="configuration">What the node has; valid.</param>
    /// <param name="report">Takes a sentence about whatever is refused, foreign or put back; called on a thread of its own.</param>
    /// <returns>When everything that is possible by now is there; an interface that is missing is waited for in the background.</returns>
    /// <exception cref="VrrpException">NamespaceNotFound, MissingCapability, StaticNetworkInUse or KernelRefused.</exception>
    public static async Task<StaticNetwork> StartAsync(StaticConfiguration configuration, Action<string> report)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(report);
        LinuxPlatform.Require();
        var network = new StaticNetwork(configuration, report);
        try
        {
            await network._established.Task.ConfigureAwait(false);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Removes what a dead process left of a configuration: only what bears our mark, only while nobody keeps it.</summary>
    /// <returns>What was removed, in words.</returns>
    /// <exception cref="VrrpException">StaticNetworkInUse or NamespaceNotFound.</exception>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public static IReadOnlyList<string> Sweep(StaticConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        using var target = NetworkNamespace.OpenOrCurrent(configuration.NetworkNamespace);
        return target.RunInside(() =>
        {
            using var claim = Claim();
            using var netlink = RouteNetlink.Open();
            var table = new StaticTable(configuration, static _ => { });
            var found = table.Recognize(netlink);
            table.Leave(netlink, next: null);
            return found;
        });
    }

    private static NameClaim Claim()
    {
        using var current = NetworkNamespace.OpenCurrent();
        return NameClaim.TryAcquire($"{NameClaim.Prefix}static/{current.Identity.Inode:x}", out string holder) ?? throw VrrpErrors.StaticNetworkInUse(holder);
    }

    /// <summary>Changes to another configuration of the same namespace: what both have stays as it is.</summary>
    /// <exception cref="ArgumentException">It is for another namespace.</exception>
    public void Apply(StaticConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (!string.Equals(configuration.NetworkNamespace, _namespaceName, StringComparison.Ordinal))
        {
            throw new ArgumentException("Another namespace has a static network of its own.", nameof(configuration));
        }

        _wanted = configuration;
        _wake.Signal();
    }

    /// <summary>Removes what it brought, and waits for that.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _wake.Signal();
        _ended.Task.GetAwaiter().GetResult();
        _wake.Dispose();
    }

    private void Main()
    {
        try
        {
            NamespaceGate.Enter(_namespaceName);
            using var claim = Claim();
            Keep();
        }
        catch (KernelException exception)
        {
            Fail(exception.ErrorNumber == Linux.Native.Errno.EPERM
                ? VrrpErrors.MissingCapability(Capabilities.NetAdmin)
                : VrrpErrors.KernelRefused(exception, _namespaceName));
        }
        catch (VrrpException exception)
        {
            Fail(exception);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private void Fail(VrrpException exception)
    {
        if (!_established.TrySetException(exception))
        {
            _report($"Static addresses, routes and rules are no longer looked after: {exception.Message}");
        }
    }

    private void Keep()
    {
        using var netlink = RouteNetlink.Open();
        using var links = NetlinkMonitor.Open();
        using var routes = RouteMonitor.Open();
        using var poll = new EventPoll();
        using var woken = new EventPoll();
        woken.Add(_wake.FileDescriptor, WakeToken);
        poll.Add(_wake.FileDescriptor, WakeToken);
        poll.Add(links.FileDescriptor, LinksToken);
        poll.Add(routes.FileDescriptor, RoutesToken);
        var table = new StaticTable(_wanted, _report);
        table.Establish(netlink);
        _ = _established.TrySetResult();
        while (!_isEnding)
        {
            _ = poll.Wait(Instant.Never);
            if (!_wake.Drain())
            {
                _ = woken.Wait(Pause);
                _ = _wake.Drain();
            }

            if (!Changed(links, routes) && ReferenceEquals(table.Configuration, _wanted))
            {
                continue;
            }

            if (!ReferenceEquals(table.Configuration, _wanted))
            {
                var next = new StaticTable(_wanted, _report);
                table.Leave(netlink, next);
                table = next;
            }

            table.Establish(netlink);
        }

        table.Leave(netlink, next: null);
    }

    /// <summary>Takes all that was told; whether any of it can concern what is kept.</summary>
    private static bool Changed(NetlinkMonitor links, RouteMonitor routes)
    {
        bool any = routes.Drain();
        while (links.TryRead(out var change))
        {
            // A renewed lease is none of our business, and there are many of them.
            any |= change.Kind is not NetlinkChangeKind.AddressAdded;
        }

        return any;
    }
}
