using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>Links.</summary>
public sealed partial class RouteNetlink
{
    /// <summary>All links.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<LinkInfo> GetLinks()
    {
        _connection.Reset();
        _connection.Begin(NetlinkNumbers.RTM_GETLINK, NetlinkNumbers.NLM_F_DUMP);
        _connection.Writer.Structure(default(InterfaceMessage));
        _connection.Writer.End();
        return Dump<LinkInfo>("list links", static (message, list) =>
        {
            if (message.Type == NetlinkNumbers.RTM_NEWLINK && LinkRequests.TryRead(message.Payload, out var info))
            {
                list.Add(info!);
            }
        });
    }

    /// <summary>The link of that name, or null.</summary>
    public LinkInfo? FindLink(string name)
        => GetLinks().FirstOrDefault(link => string.Equals(link.Name, name, StringComparison.Ordinal));

    /// <summary>Makes two links joined back to back.</summary>
    /// <param name="name">The name of the end here.</param>
    /// <param name="peerName">The name of the other end.</param>
    /// <param name="peerNamespace">Where the other end goes; null means here.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void CreateVethPair(string name, string peerName, NetworkNamespace? peerNamespace = null)
    {
        int info = BeginCreate(name, "veth", out int linkInfo);
        var writer = _connection.Writer;
        int peer = writer.BeginNested(NetlinkNumbers.VETH_INFO_PEER);
        writer.Structure(default(InterfaceMessage));
        writer.Attribute(NetlinkNumbers.IFLA_IFNAME, peerName);
        if (peerNamespace is not null)
        {
            writer.Attribute(NetlinkNumbers.IFLA_NET_NS_FD, (uint)peerNamespace.FileDescriptor);
        }

        writer.EndNested(peer);
        EndCreate(info, linkInfo, $"create the veth pair '{name}' and '{peerName}'");
    }

    /// <summary>Makes a bridge, without spanning tree.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void CreateBridge(string name)
    {
        int info = BeginCreate(name, "bridge", out int linkInfo);
        EndCreate(info, linkInfo, $"create the bridge '{name}'");
    }

    /// <summary>Makes a macvlan in private mode: a second Ethernet address on an interface (RFC 9568 section 7.3).</summary>
    /// <param name="name">The new link's name.</param>
    /// <param name="parentIndex">The interface underneath.</param>
    /// <param name="address">The new link's Ethernet address.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void CreateMacvlan(string name, int parentIndex, MacAddress address)
    {
        Span<byte> octets = stackalloc byte[MacAddress.Length];
        address.Write(octets);
        _connection.Reset();
        _connection.Begin(NetlinkNumbers.RTM_NEWLINK, NetlinkNumbers.NLM_F_ACK | NetlinkNumbers.NLM_F_CREATE | NetlinkNumbers.NLM_F_EXCL);
        var writer = _connection.Writer;
        writer.Structure(default(InterfaceMessage));
        writer.Attribute(NetlinkNumbers.IFLA_IFNAME, name);
        writer.Attribute(NetlinkNumbers.IFLA_LINK, (uint)parentIndex);
        writer.Attribute(NetlinkNumbers.IFLA_ADDRESS, octets);
        int info = BeginKind("macvlan", out int linkInfo);
        writer.Attribute(NetlinkNumbers.IFLA_MACVLAN_MODE, NetlinkNumbers.MACVLAN_MODE_PRIVATE);
        EndCreate(info, linkInfo, $"create the macvlan '{name}'");
    }

    /// <summary>Enables a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void SetLinkUp(int index) => SetFlags(index, LinkFlags.Up);

    /// <summary>Disables a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void SetLinkDown(int index) => SetFlags(index, LinkFlags.None);

    /// <summary>Puts a link into a bridge, or takes it out (<paramref name="masterIndex"/> 0).</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void SetLinkMaster(int index, int masterIndex)
    {
        BeginSet(index);
        _connection.Writer.Attribute(NetlinkNumbers.IFLA_MASTER, (uint)masterIndex);
        EndSet($"put link {index} into bridge {masterIndex}");
    }

    /// <summary>Renames a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void SetLinkName(int index, string name)
    {
        BeginSet(index);
        _connection.Writer.Attribute(NetlinkNumbers.IFLA_IFNAME, name);
        EndSet($"rename link {index} to '{name}'");
    }

    /// <summary>Moves a link to another namespace; its addresses are lost.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void SetLinkNamespace(int index, NetworkNamespace target)
    {
        BeginSet(index);
        _connection.Writer.Attribute(NetlinkNumbers.IFLA_NET_NS_FD, (uint)target.FileDescriptor);
        EndSet($"move link {index} to {target}");
    }

    /// <summary>Changes a link's Ethernet address.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void SetLinkAddress(int index, MacAddress address)
    {
        Span<byte> octets = stackalloc byte[MacAddress.Length];
        address.Write(octets);
        BeginSet(index);
        _connection.Writer.Attribute(NetlinkNumbers.IFLA_ADDRESS, octets);
        EndSet($"give link {index} the address {address}");
    }

    /// <summary>Gives a link a text to be known by, at most 255 bytes.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void SetLinkAlias(int index, string alias)
    {
        BeginSet(index);
        _connection.Writer.Attribute(NetlinkNumbers.IFLA_IFALIAS, alias);
        EndSet($"give link {index} the alias '{alias}'");
    }

    /// <summary>Changes a link's maximum transmission unit.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void SetLinkMtu(int index, int mtu)
    {
        BeginSet(index);
        _connection.Writer.Attribute(NetlinkNumbers.IFLA_MTU, (uint)mtu);
        EndSet($"give link {index} the MTU {mtu}");
    }

    /// <summary>Removes a virtual link; a veth's other end goes with it.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void DeleteLink(int index)
    {
        _connection.Reset();
        _connection.Begin(NetlinkNumbers.RTM_DELLINK, NetlinkNumbers.NLM_F_ACK);
        _connection.Writer.Structure(new InterfaceMessage { Index = index });
        EndSet($"delete link {index}");
    }

    private void SetFlags(int index, LinkFlags flags)
    {
        _connection.Reset();
        _connection.Begin(NetlinkNumbers.RTM_NEWLINK, NetlinkNumbers.NLM_F_ACK);
        _connection.Writer.Structure(new InterfaceMessage { Index = index, Flags = (uint)flags, Change = (uint)LinkFlags.Up });
        EndSet($"set link {index} {(flags == LinkFlags.None ? "down" : "up")}");
    }

    private void BeginSet(int index)
    {
        _connection.Reset();
        _connection.Begin(NetlinkNumbers.RTM_SETLINK, NetlinkNumbers.NLM_F_ACK);
        _connection.Writer.Structure(new InterfaceMessage { Index = index });
    }

    private void EndSet(string operation)
    {
        _connection.Writer.End();
        _connection.Execute(operation);
    }

    private int BeginCreate(string name, string kind, out int linkInfo)
    {
        _connection.Reset();
        _connection.Begin(NetlinkNumbers.RTM_NEWLINK, NetlinkNumbers.NLM_F_ACK | NetlinkNumbers.NLM_F_CREATE | NetlinkNumbers.NLM_F_EXCL);
        _connection.Writer.Structure(default(InterfaceMessage));
        _connection.Writer.Attribute(NetlinkNumbers.IFLA_IFNAME, name);
        return BeginKind(kind, out linkInfo);
    }

    private int BeginKind(string kind, out int linkInfo)
    {
        linkInfo = _connection.Writer.BeginNested(NetlinkNumbers.IFLA_LINKINFO);
        _connection.Writer.Attribute(NetlinkNumbers.IFLA_INFO_KIND, kind);
        return _connection.Writer.BeginNested(NetlinkNumbers.IFLA_INFO_DATA);
    }

    private void EndCreate(int info, int linkInfo, string operation)
    {
        _connection.Writer.EndNested(info);
        _connection.Writer.EndNested(linkInfo);
        EndSet(operation);
    }
}
