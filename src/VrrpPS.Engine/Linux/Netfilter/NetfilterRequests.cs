using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Linux.Netfilter;

/// <summary>
/// The bytes of requests to nf_tables: one table of the inet family with a chain at the input hook. Neighbour discovery passes it, what is
/// sent to an address of the sets is dropped, everything else passes.
/// </summary>
internal static class NetfilterRequests
{
    private const string ChainName = "input";
    private const int GreatestKey = 20;

    /// <summary>Writes what opens a transaction.</summary>
    public static void Begin(NetlinkConnection connection) => Bracket(connection, NetfilterNumbers.NFNL_MSG_BATCH_BEGIN);

    /// <summary>Writes what carries a transaction out.</summary>
    public static void Commit(NetlinkConnection connection) => Bracket(connection, NetfilterNumbers.NFNL_MSG_BATCH_END);

    /// <summary>Writes a table that goes with the socket it is made through, its sets, its chain and its rules.</summary>
    public static void AddTable(NetlinkConnection connection, string table)
    {
        var writer = connection.Writer;
        Message(connection, NetfilterNumbers.NFT_MSG_NEWTABLE, NetlinkNumbers.NLM_F_CREATE | NetlinkNumbers.NLM_F_EXCL);
        writer.Attribute(NetfilterNumbers.NFTA_TABLE_NAME, table);
        writer.BigEndian(NetfilterNumbers.NFTA_TABLE_FLAGS, NetfilterNumbers.NFT_TABLE_F_OWNER);
        writer.End();
        foreach (var set in RefusalSet.All)
        {
            AddSet(connection, table, set);
        }

        AddChain(connection, table);
        AddNeighbourRule(connection, table);
        foreach (var set in RefusalSet.All)
        {
            AddRefusal(connection, table, set);
        }
    }

    /// <summary>Writes addresses of one set, to be added (or left, where they are there) or removed.</summary>
    public static void Change(NetlinkConnection connection, string table, RefusalSet set, IEnumerable<RefusedAddress> addresses, bool isDelete)
    {
        var writer = connection.Writer;
        Message(
            connection,
            isDelete ? NetfilterNumbers.NFT_MSG_DELSETELEM : NetfilterNumbers.NFT_MSG_NEWSETELEM,
            isDelete ? (ushort)0 : NetlinkNumbers.NLM_F_CREATE);
        writer.Attribute(NetfilterNumbers.NFTA_SET_ELEM_LIST_TABLE, table);
        writer.Attribute(NetfilterNumbers.NFTA_SET_ELEM_LIST_SET, set.Name);
        int list = writer.BeginNested(NetfilterNumbers.NFTA_SET_ELEM_LIST_ELEMENTS);
        foreach (var address in addresses)
        {
            AddElement(writer, address);
        }

        writer.EndNested(list);
        writer.End();
    }

    private static void AddElement(NetlinkMessageWriter writer, RefusedAddress address)
    {
        Span<byte> key = stackalloc byte[GreatestKey];
        int length = address.Address.Write(key);
        if (address.InterfaceIndex != 0)
        {
            _ = BitConverter.TryWriteBytes(key[length..], address.InterfaceIndex);
            length += sizeof(int);
        }

        int element = writer.BeginNested(NetfilterNumbers.NFTA_LIST_ELEM);
        Data(writer, NetfilterNumbers.NFTA_SET_ELEM_KEY, key[..length]);
        writer.EndNested(element);
    }

    private static void Bracket(NetlinkConnection connection, ushort type)
    {
        connection.Begin(type, 0);
        connection.Writer.Structure(new NetfilterHeader { Resource = NetfilterNumbers.NFNL_SUBSYS_NFTABLES });
        connection.Writer.End();
    }

    private static void Message(NetlinkConnection connection, ushort type, int flags)
    {
        connection.Begin((ushort)((NetfilterNumbers.NFNL_SUBSYS_NFTABLES << 8) | type), (ushort)(flags | NetlinkNumbers.NLM_F_ACK));
        connection.Writer.Structure(new NetfilterHeader { Family = NetfilterNumbers.NFPROTO_INET });
    }

    private static void AddSet(NetlinkConnection connection, string table, RefusalSet set)
    {
        var writer = connection.Writer;
        Message(connection, NetfilterNumbers.NFT_MSG_NEWSET, NetlinkNumbers.NLM_F_CREATE);
        writer.Attribute(NetfilterNumbers.NFTA_SET_TABLE, table);
        writer.Attribute(NetfilterNumbers.NFTA_SET_NAME, set.Name);
        writer.BigEndian(NetfilterNumbers.NFTA_SET_FLAGS, 0);
        writer.BigEndian(NetfilterNumbers.NFTA_SET_KEY_TYPE, set.KeyType);
        writer.BigEndian(NetfilterNumbers.NFTA_SET_KEY_LEN, (uint)set.KeyLength);
        writer.BigEndian(NetfilterNumbers.NFTA_SET_ID, set.Id);
        writer.End();
    }

    private static void AddChain(NetlinkConnection connection, string table)
    {
        var writer = connection.Writer;
        Message(connection, NetfilterNumbers.NFT_MSG_NEWCHAIN, NetlinkNumbers.NLM_F_CREATE);
        writer.Attribute(NetfilterNumbers.NFTA_CHAIN_TABLE, table);
        writer.Attribute(NetfilterNumbers.NFTA_CHAIN_NAME, ChainName);
        int hook = writer.BeginNested(NetfilterNumbers.NFTA_CHAIN_HOOK);
        writer.BigEndian(NetfilterNumbers.NFTA_HOOK_HOOKNUM, NetfilterNumbers.NF_INET_LOCAL_IN);
        writer.BigEndian(NetfilterNumbers.NFTA_HOOK_PRIORITY, NetfilterNumbers.NF_IP_PRI_FILTER);
        writer.EndNested(hook);
        writer.BigEndian(NetfilterNumbers.NFTA_CHAIN_POLICY, NetfilterNumbers.NF_ACCEPT);
        writer.Attribute(NetfilterNumbers.NFTA_CHAIN_TYPE, "filter");
        writer.End();
    }

    /// <summary>9568-6.1: neighbour discovery is never dropped. All its five types, from router solicitation to redirect.</summary>
    private static void AddNeighbourRule(NetlinkConnection connection, string table)
    {
        const byte icmpV6 = 58;
        const byte routerSolicitation = 133;
        const byte redirect = 137;
        var rule = new RuleWriter(connection.Writer);
        int expressions = BeginRule(connection, table);
        rule.Meta(NetfilterNumbers.NFT_META_NFPROTO, NetfilterNumbers.NFT_REG_1);
        rule.Compare(NetfilterNumbers.NFT_CMP_EQ, NetfilterNumbers.NFPROTO_IPV6);
        rule.Meta(NetfilterNumbers.NFT_META_L4PROTO, NetfilterNumbers.NFT_REG_1);
        rule.Compare(NetfilterNumbers.NFT_CMP_EQ, icmpV6);
        rule.Payload(NetfilterNumbers.NFT_PAYLOAD_TRANSPORT_HEADER, offset: 0, length: 1);
        rule.Compare(NetfilterNumbers.NFT_CMP_GTE, routerSolicitation);
        rule.Compare(NetfilterNumbers.NFT_CMP_LTE, redirect);
        rule.Verdict(NetfilterNumbers.NF_ACCEPT);
        EndRule(connection, expressions);
    }

    private static void AddRefusal(NetlinkConnection connection, string table, RefusalSet set)
    {
        var rule = new RuleWriter(connection.Writer);
        int expressions = BeginRule(connection, table);
        rule.Meta(NetfilterNumbers.NFT_META_NFPROTO, NetfilterNumbers.NFT_REG_1);
        rule.Compare(NetfilterNumbers.NFT_CMP_EQ, set.Family);
        rule.Payload(NetfilterNumbers.NFT_PAYLOAD_NETWORK_HEADER, set.DestinationOffset, set.DestinationLength);
        if (set.HasInterface)
        {
            rule.Meta(NetfilterNumbers.NFT_META_IIF, NetfilterNumbers.NFT_REG_2);
        }

        rule.Lookup(set.Name, set.Id);
        rule.Count();
        rule.Verdict(NetfilterNumbers.NF_DROP);
        EndRule(connection, expressions);
    }

    private static int BeginRule(NetlinkConnection connection, string table)
    {
        const ushort append = 0x800;
        Message(connection, NetfilterNumbers.NFT_MSG_NEWRULE, NetlinkNumbers.NLM_F_CREATE | append);
        connection.Writer.Attribute(NetfilterNumbers.NFTA_RULE_TABLE, table);
        connection.Writer.Attribute(NetfilterNumbers.NFTA_RULE_CHAIN, ChainName);
        return connection.Writer.BeginNested(NetfilterNumbers.NFTA_RULE_EXPRESSIONS);
    }

    private static void EndRule(NetlinkConnection connection, int expressions)
    {
        connection.Writer.EndNested(expressions);
        connection.Writer.End();
    }

    private static void Data(NetlinkMessageWriter writer, ushort type, ReadOnlySpan<byte> value)
    {
        int data = writer.BeginNested(type);
        writer.Attribute(NetfilterNumbers.NFTA_DATA_VALUE, value);
        writer.EndNested(data);
    }
}
