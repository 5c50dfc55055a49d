using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Linux.Netfilter;

/// <summary>
/// A table of nf_tables of our own that drops what is sent to some addresses, and nothing else, in the network namespace of the thread that
/// made it. It belongs to the socket it was made through: nobody else can change or flush it, and the kernel removes it when the
/// socket closes, however this process ends. For one thread.
/// </summary>
internal sealed class RefusalTable : IDisposable
{
    /// <summary>What the names of all such tables begin with.</summary>
    public const string NamePrefix = "vrrpps_";

    /// <summary>So many addresses are changed in one message: their list has to fit the 16 bits of an attribute's length.</summary>
    private const int AddressesPerMessage = 1000;

    /// <summary>Room for 4000 addresses at once; the kernel takes no more than 208 KB.</summary>
    private const int RequestBuffer = 128 * 1024;

    private readonly NetlinkConnection _connection;

    /// <summary>Makes the table.</summary>
    /// <exception cref="NetlinkException">The kernel refused. The transport stays the caller's then.</exception>
    internal RefusalTable(INetlinkTransport transport, string name)
    {
        _connection = new NetlinkConnection(transport, RequestBuffer);
        Name = name;
        _connection.Reset();
        NetfilterRequests.Begin(_connection);
        NetfilterRequests.AddTable(_connection, Name);
        NetfilterRequests.Commit(_connection);
        _connection.ExecuteTransaction($"make the table {name} of nf_tables");
    }

    /// <summary>The table's name; its family is inet.</summary>
    public string Name { get; }

    /// <summary>Makes a table in the network namespace of the calling thread.</summary>
    /// <exception cref="KernelException">The kernel refused, or has no nf_tables.</exception>
    public static RefusalTable Open()
    {
        // The kernel has answered when a request has been sent: an answer that is missing is an error, not something to wait for.
        var socket = new NetlinkSocket(nonBlocking: true, SocketConstants.NETLINK_NETFILTER);
        try
        {
            // The port is nobody else's in this namespace as long as the socket is open, and so is the name.
            return new RefusalTable(socket, $"{NamePrefix}{socket.Port}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Adds addresses and removes others, all or nothing. One that is to be added may be there; one to be removed has to be.</summary>
    /// <exception cref="KernelException">The kernel refused; nothing has changed then.</exception>
    public void Change(IReadOnlyCollection<RefusedAddress> added, IReadOnlyCollection<RefusedAddress> removed)
    {
        if (added.Count + removed.Count == 0)
        {
            return;
        }

        _connection.Reset();
        NetfilterRequests.Begin(_connection);
        Write(added, isDelete: false);
        Write(removed, isDelete: true);
        NetfilterRequests.Commit(_connection);
        _connection.ExecuteTransaction($"refuse what is sent to {(added.Count > 0 ? string.Join(", ", added) : "fewer addresses")}");
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Write(IReadOnlyCollection<RefusedAddress> addresses, bool isDelete)
    {
        foreach (var group in addresses.GroupBy(RefusalSet.Of))
        {
            foreach (var chunk in group.Chunk(AddressesPerMessage))
            {
                NetfilterRequests.Change(_connection, Name, group.Key, chunk, isDelete);
            }
        }
    }
}
