using System.Buffers.Binary;
using System.Runtime.InteropServices;
using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;
using VrrpPS.Bench.Nodes;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Bench.Loops;

/// <summary>
/// What binding addresses as we do, with a lifetime and our mark, costs the kernel alone: one datagram that was built before, of which only
/// the last request is acknowledged. For one thread in the namespace.
/// </summary>
internal sealed unsafe class AddressBatchLoop : IDisposable
{
    private const int NetlinkFamily = 16, Raw = 3;
    private const ushort NewAddress = 20, DeleteAddress = 21, Request = 1, Acknowledge = 4, CreateExclusive = 0x600;
    private const ushort LocalAttribute = 2, AddressAttribute = 1, FlagsAttribute = 8, LifetimeAttribute = 6, ProtocolAttribute = 11;
    private const int HeaderSize = 16, BodySize = 8, AttributeSize = 4, FlagsSize = 4, LifetimesSize = 16, PaddedMark = 4;

    /// <summary>In seconds; longer than the measurement.</summary>
    private const uint Lifetime = 600;
    private const uint NoDad = 0x02, NoPrefixRoute = 0x200;

    private readonly int _socket = LoopNative.Check(LoopNative.OpenSocket(NetlinkFamily, Raw, 0), "open a netlink socket");
    private readonly byte[] _bind;
    private readonly byte[] _remove;
    private readonly byte[] _answer = GC.AllocateArray<byte>(64 * 1024, pinned: true);

    /// <summary>Builds both datagrams.</summary>
    public AddressBatchLoop(TakeoverPlan plan, int link)
    {
        _bind = Build(plan, link, NewAddress, CreateExclusive);
        _remove = Build(plan, link, DeleteAddress, 0);
    }

    /// <summary>Binds all; how long it took, in nanoseconds.</summary>
    public long Bind() => Execute(_bind, "bind");

    /// <summary>Removes all.</summary>
    public long Remove() => Execute(_remove, "remove");

    /// <inheritdoc/>
    public void Dispose() => _ = LoopNative.Close(_socket);

    private static byte[] Build(TakeoverPlan plan, int link, ushort type, ushort flags)
    {
        bool isIPv4 = plan.Family == AddressFamily.IPv4;
        int length = isIPv4 ? 4 : 16;
        bool isNew = type == NewAddress;
        int size = HeaderSize + BodySize + (2 * (AttributeSize + length)) + (AttributeSize + FlagsSize)
            + (isNew ? AttributeSize + LifetimesSize + AttributeSize + PaddedMark : 0);
        byte[] bytes = GC.AllocateArray<byte>(size * plan.Addresses, pinned: true);
        for (int i = 0; i < plan.Addresses; i++)
        {
            // struct nlmsghdr, struct ifaddrmsg, IFA_LOCAL, IFA_ADDRESS, IFA_FLAGS.
            var message = bytes.AsSpan(i * size, size);
            MemoryMarshal.Write(message, size);
            MemoryMarshal.Write(message[4..], type);
            MemoryMarshal.Write(message[6..], (ushort)(Request | flags | (i == plan.Addresses - 1 ? Acknowledge : 0)));
            message[16] = (byte)(isIPv4 ? 2 : 10);
            message[17] = isIPv4 ? plan.PrefixLength : (byte)128;
            MemoryMarshal.Write(message[20..], link);
            var attributes = message[(HeaderSize + BodySize)..];
            foreach (ushort attribute in (ReadOnlySpan<ushort>)[LocalAttribute, AddressAttribute])
            {
                Attribute(ref attributes, attribute, length, length);
                _ = BenchNetwork.VirtualAddress(i, plan.Family).Write(attributes);
                attributes = attributes[length..];
            }

            Attribute(ref attributes, FlagsAttribute, FlagsSize, FlagsSize);
            MemoryMarshal.Write(attributes, isIPv4 ? 0 : NoDad | NoPrefixRoute);
            attributes = attributes[FlagsSize..];
            if (isNew)
            {
                // struct ifa_cacheinfo: preferred, valid, and two that the kernel fills in.
                Attribute(ref attributes, LifetimeAttribute, LifetimesSize, LifetimesSize);
                MemoryMarshal.Write(attributes, Lifetime);
                MemoryMarshal.Write(attributes[4..], Lifetime);
                attributes = attributes[LifetimesSize..];
                Attribute(ref attributes, ProtocolAttribute, 1, PaddedMark);
                attributes[0] = AddressProtocol.VrrpPS;
            }
        }

        return bytes;
    }

    private static void Attribute(ref Span<byte> to, ushort type, int length, int room)
    {
        MemoryMarshal.Write(to, (ushort)(AttributeSize + length));
        MemoryMarshal.Write(to[2..], type);
        to = to[AttributeSize..];
        to[..room].Clear();
    }

    private long Execute(byte[] datagram, string what)
    {
        long before = Clock.Now;
        fixed (byte* data = datagram, answer = _answer)
        {
            if (LoopNative.Send(_socket, data, (nuint)datagram.Length, 0) < 0 || LoopNative.Receive(_socket, answer, (nuint)_answer.Length, 0) < HeaderSize + 4)
            {
                throw new BenchException($"The kernel does not take the addresses to {what}: error {Marshal.GetLastPInvokeError()}.");
            }
        }

        long after = Clock.Now;
        int error = BinaryPrimitives.ReadInt32LittleEndian(_answer.AsSpan(HeaderSize));
        return error == 0 ? after - before : throw new BenchException($"The kernel refuses to {what} an address: error {-error}.");
    }
}
