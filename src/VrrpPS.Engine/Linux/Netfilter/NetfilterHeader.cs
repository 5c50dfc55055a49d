using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Netfilter;

/// <summary>struct nfgenmsg (linux/netfilter/nfnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NetfilterHeader
{
    public const int Size = 4;

    public byte Family;
    public byte Version;
    private ushort _resourceInNetworkOrder;

    /// <summary>The subsystem in the two brackets of a transaction; 0 otherwise.</summary>
    public ushort Resource
    {
        readonly get => BinaryPrimitives.ReverseEndianness(_resourceInNetworkOrder);
        set => _resourceInNetworkOrder = BinaryPrimitives.ReverseEndianness(value);
    }
}
