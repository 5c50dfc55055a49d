using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netfilter;
using VrrpPS.Engine.Runtime.Addresses;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>
/// Accept mode off (RFC 9568 section 6.4.3): what is sent to the addresses is dropped by the kernel, while forwarding, ARP and neighbour
/// discovery work. It is refused from the start, not from the takeover: a node without an address does not accept it either
/// way, and so a takeover asks nothing of netfilter, whose lock another program may hold just then.
/// </content>
internal sealed partial class RouterHost
{
    private const int AcceptKey = 1009;

    private readonly List<RefusedAddress> _wanted = [];
    private RefusedAddress[] _unaccepted = [];

    /// <summary>Whether what is sent to the addresses is refused. Their owner always accepts it.</summary>
    public static bool Refuses(InstanceConfiguration configuration) => configuration is { AcceptMode: false, Priority: not 255 };

    /// <summary>Has the kernel refuse what belongs to the addresses as they are now, and nothing else.</summary>
    /// <exception cref="VrrpException">AcceptModeImpossible.</exception>
    private void RefreshRefused()
    {
        _wanted.Clear();
        AppendRefused(Configuration, Addresses);
        foreach (var assignment in _unreleased)
        {
            AppendRefused(Configuration, assignment.Address, assignment.InterfaceIndex);
        }

        ChangeRefused(Configuration.Name);
    }

    /// <summary>Has the kernel refuse what another configuration needs, beside what is refused already.</summary>
    /// <exception cref="VrrpException">AcceptModeImpossible; nothing has changed.</exception>
    private void RefuseAlso(InstanceConfiguration configuration, VirtualAddressSet addresses)
    {
        _wanted.Clear();
        _wanted.AddRange(_unaccepted);
        AppendRefused(configuration, addresses);
        ChangeRefused(configuration.Name);
    }

    /// <summary>Before anything is bound; true when what is about to be bound is refused, or need not be.</summary>
    private bool TryRefreshRefused()
    {
        try
        {
            RefreshRefused();
            return true;
        }
        catch (VrrpException exception)
        {
            if (_limiter.Allows(AcceptKey, MonotonicClock.Now))
            {
                Report(VrrpEventKind.KernelRefused, exception.Message, isWarning: true);
            }

            return false;
        }
    }

    /// <summary>The router is gone: nothing of its is refused any more.</summary>
    private void AcceptAgain()
    {
        try
        {
            _loop.AcceptFilter.Change(_unaccepted, []);
            _unaccepted = [];
        }
        catch (KernelException exception)
        {
            Report(VrrpEventKind.KernelRefused, exception.Message, isWarning: true);
        }
    }

    private void AppendRefused(InstanceConfiguration configuration, VirtualAddressSet addresses)
    {
        for (int i = 0; i < addresses.Count && Refuses(configuration); i++)
        {
            // An address that is there by a foreign hand is the host's own, and stays as reachable as it was.
            if (addresses.LinkOf(i) is { } link && !addresses.IsForeign(i))
            {
                AppendRefused(configuration, addresses[i].Address, link.Index);
            }
        }
    }

    private void AppendRefused(InstanceConfiguration configuration, InetAddress address, int interfaceIndex)
    {
        if (Refuses(configuration))
        {
            _wanted.Add(new RefusedAddress(address, interfaceIndex));
        }
    }

    private void ChangeRefused(string name)
    {
        if (_unaccepted.AsSpan().SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_wanted)))
        {
            return;
        }

        RefusedAddress[] wanted = [.. _wanted.Distinct()];
        try
        {
            _loop.AcceptFilter.Change(_unaccepted, wanted);
            _unaccepted = wanted;
        }
        catch (KernelException exception)
        {
            throw VrrpErrors.AcceptModeImpossible(name, exception);
        }
    }
}
