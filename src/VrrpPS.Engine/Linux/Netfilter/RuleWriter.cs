using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Linux.Netfilter;

/// <summary>Writes the expressions of one rule of nf_tables, each a step of the kernel's little machine: load, compare, look up, decide.</summary>
internal readonly ref struct RuleWriter(NetlinkMessageWriter writer)
{
    /// <summary>Loads something that the kernel knows of a packet into a register.</summary>
    public void Meta(uint key, uint register)
    {
        var (element, data) = Begin("meta");
        writer.BigEndian(NetfilterNumbers.NFTA_META_KEY, key);
        writer.BigEndian(NetfilterNumbers.NFTA_META_DREG, register);
        End(element, data);
    }

    /// <summary>Loads bytes of a packet into the first register.</summary>
    public void Payload(uint header, int offset, int length)
    {
        var (element, data) = Begin("payload");
        writer.BigEndian(NetfilterNumbers.NFTA_PAYLOAD_DREG, NetfilterNumbers.NFT_REG_1);
        writer.BigEndian(NetfilterNumbers.NFTA_PAYLOAD_BASE, header);
        writer.BigEndian(NetfilterNumbers.NFTA_PAYLOAD_OFFSET, (uint)offset);
        writer.BigEndian(NetfilterNumbers.NFTA_PAYLOAD_LEN, (uint)length);
        End(element, data);
    }

    /// <summary>Goes on only if the byte in the first register compares so.</summary>
    public void Compare(uint operation, byte value)
    {
        var (element, data) = Begin("cmp");
        writer.BigEndian(NetfilterNumbers.NFTA_CMP_SREG, NetfilterNumbers.NFT_REG_1);
        writer.BigEndian(NetfilterNumbers.NFTA_CMP_OP, operation);
        int nested = writer.BeginNested(NetfilterNumbers.NFTA_CMP_DATA);
        writer.Attribute(NetfilterNumbers.NFTA_DATA_VALUE, value);
        writer.EndNested(nested);
        End(element, data);
    }

    /// <summary>Goes on only if what begins in the first register is in a set.</summary>
    public void Lookup(string set, uint id)
    {
        var (element, data) = Begin("lookup");
        writer.BigEndian(NetfilterNumbers.NFTA_LOOKUP_SREG, NetfilterNumbers.NFT_REG_1);
        writer.Attribute(NetfilterNumbers.NFTA_LOOKUP_SET, set);
        writer.BigEndian(NetfilterNumbers.NFTA_LOOKUP_SET_ID, id);
        End(element, data);
    }

    /// <summary>Counts, for whoever looks with <c>nft list ruleset</c> why an address does not answer.</summary>
    public void Count()
    {
        var (element, data) = Begin("counter");
        End(element, data);
    }

    /// <summary>Decides what becomes of the packet.</summary>
    public void Verdict(uint code)
    {
        var (element, data) = Begin("immediate");
        writer.BigEndian(NetfilterNumbers.NFTA_IMMEDIATE_DREG, NetfilterNumbers.NFT_REG_VERDICT);
        int value = writer.BeginNested(NetfilterNumbers.NFTA_IMMEDIATE_DATA);
        int verdict = writer.BeginNested(NetfilterNumbers.NFTA_DATA_VERDICT);
        writer.BigEndian(NetfilterNumbers.NFTA_VERDICT_CODE, code);
        writer.EndNested(verdict);
        writer.EndNested(value);
        End(element, data);
    }

    private (int Element, int Data) Begin(string name)
    {
        int element = writer.BeginNested(NetfilterNumbers.NFTA_LIST_ELEM);
        writer.Attribute(NetfilterNumbers.NFTA_EXPR_NAME, name);
        return (element, writer.BeginNested(NetfilterNumbers.NFTA_EXPR_DATA));
    }

    private void End(int element, int data)
    {
        writer.EndNested(data);
        writer.EndNested(element);
    }
}
