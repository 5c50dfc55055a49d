using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>Addresses.</summary>
public sealed partial class RouteNetlink
{
    /// <summary>Binds an address that must not be bound yet.</summary>
    /// <exception cref="NetlinkException">The kernel refused; EEXIST when it is bound.</exception>
    public void AddAddress(in AddressAssignment assignment)
        => Bind(assignment, NetlinkNumbers.NLM_F_CREATE | NetlinkNumbers.NLM_F_EXCL);

    /// <summary>
    /// Binds an address or renews it: lifetimes, flags and mark become those given, its creation stamp stays. An address that
    /// expired meanwhile is created again without a word; its new creation stamp tells.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void ReplaceAddress(in AddressAssignment assignment)
        => Bind(assignment, NetlinkNumbers.NLM_F_CREATE | NetlinkNumbers.NLM_F_REPLACE);

    /// <summary>Removes an address.</summary>
    /// <exception cref="NetlinkException">The kernel refused; EADDRNOTAVAIL when it is not bound.</exception>
    public void DeleteAddress(int interfaceIndex, InetAddress address, byte prefixLength)
        => DeleteAddress(new AddressAssignment(interfaceIndex, address, prefixLength));

    /// <summary>Removes an address; one with another end is found by both.</summary>
    /// <exception cref="NetlinkException">The kernel refused; EADDRNOTAVAIL when it is not bound.</exception>
    public void DeleteAddress(in AddressAssignment assignment)
    {
        _connection.Reset();
        AddressRequests.WriteDelete(_connection, assignment, NetlinkNumbers.NLM_F_ACK);
        _connection.Execute($"remove address {assignment}");
    }

    /// <summary>A reusable batch of address changes. It shares this connection: use both from one thread.</summary>
    public AddressBatch CreateAddressBatch() => new(_connection);

    /// <summary>All addresses, or those of one interface.</summary>
    /// <param name="interfaceIndex">The interface, or 0 for all.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<AddressInfo> GetAddresses(int interfaceIndex = 0)
    {
        _connection.Reset();
        _connection.Begin(NetlinkNumbers.RTM_GETADDR, NetlinkNumbers.NLM_F_DUMP);
        _connection.Writer.Structure(new AddressMessage { Index = interfaceIndex });
        _connection.Writer.End();
        var found = Dump<AddressInfo>("list addresses", static (message, list) =>
        {
            if (message.Type == NetlinkNumbers.RTM_NEWADDR && AddressRequests.TryRead(message.Payload, out var info))
            {
                list.Add(info);
            }
        });
        if (interfaceIndex != 0)
        {
            // A kernel without strict checking ignores the filter.
            _ = found.RemoveAll(info => info.InterfaceIndex != interfaceIndex);
        }

        return found;
    }

    private void Bind(in AddressAssignment assignment, int flags)
    {
        _connection.Reset();
        AddressRequests.WriteNew(_connection, assignment, flags | NetlinkNumbers.NLM_F_ACK);
        _connection.Execute($"bind address {assignment}");
    }
}
