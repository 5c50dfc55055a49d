namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>
/// Writes packet filters as a list of requirements: whatever misses one is dropped, what meets all is accepted whole.
/// Loads are relative to the network header, whether the socket shows link headers or not.
/// </summary>
internal sealed class FilterBuilder
{
    internal const ushort LoadByteAbsolute = 0x30;
    internal const ushort LoadHalfAbsolute = 0x28;
    internal const ushort LoadWordAbsolute = 0x20;
    private const ushort LoadByteIndexed = 0x50;
    private const ushort LoadXHeaderLength = 0xB1;
    internal const ushort JumpEqual = 0x15;
    internal const ushort JumpAnySet = 0x45;
    private const ushort JumpAlways = 0x05;
    private const ushort AddConstant = 0x04;
    private const ushort MoveAToX = 0x07;
    private const ushort MoveXToA = 0x87;
    private const ushort JumpEqualX = 0x1D;
    internal const ushort Return = 0x06;
    private const uint Whole = 0x40000;
    private const uint AuthenticationHeaderProtocol = 51;
    private const uint AuthenticationHeaderLength = 24;

    private const uint NetworkHeader = unchecked((uint)-0x100000);
    private const uint Ancillary = unchecked((uint)-0x1000);
    private const uint AncillaryProtocol = Ancillary + 0;
    private const uint AncillaryPacketType = Ancillary + 4;
    private const uint AncillaryVlanPresent = Ancillary + 48;

    private readonly List<BpfInstruction> _instructions = [];

    /// <summary>Requires the packet type to be one of these.</summary>
    public FilterBuilder RequirePacketType(params ReadOnlySpan<PacketType> types)
    {
        Emit(LoadWordAbsolute, AncillaryPacketType);
        return RequireOneOf(types);
    }

    /// <summary>Drops packets that came with a VLAN tag.</summary>
    public FilterBuilder RefuseVlanTag()
    {
        Emit(LoadWordAbsolute, AncillaryVlanPresent);
        return RequireEqual(0);
    }

    /// <summary>Requires an Ethernet protocol (the inner one of a tagged frame).</summary>
    public FilterBuilder RequireEtherType(ushort etherType)
    {
        Emit(LoadWordAbsolute, AncillaryProtocol);
        return RequireEqual(etherType);
    }

    /// <summary>Requires the byte at an offset in the network header.</summary>
    public FilterBuilder RequireByte(int offset, byte value)
    {
        Emit(LoadByteAbsolute, NetworkHeader + (uint)offset);
        return RequireEqual(value);
    }

    /// <summary>Requires the two bytes at an offset in the network header.</summary>
    public FilterBuilder RequireHalf(int offset, ushort value)
    {
        Emit(LoadHalfAbsolute, NetworkHeader + (uint)offset);
        return RequireEqual(value);
    }

    /// <summary>Requires bits of the two bytes at an offset in the network header to be clear.</summary>
    public FilterBuilder RequireClear(int offset, ushort mask)
    {
        Emit(LoadHalfAbsolute, NetworkHeader + (uint)offset);
        Emit(JumpAnySet, mask, 0, 1);
        return Drop();
    }

    /// <summary>Requires the four bytes at both offsets in the network header to be equal.</summary>
    public FilterBuilder RequireSameWord(int first, int second)
    {
        Emit(LoadWordAbsolute, NetworkHeader + (uint)first);
        Emit(MoveAToX, 0);
        Emit(LoadWordAbsolute, NetworkHeader + (uint)second);
        Emit(JumpEqualX, 0, 1, 0);
        return Drop();
    }

    /// <summary>
    /// Requires a protocol behind the IPv4 header and its options, or behind an IP Authentication Header of 24 bytes that follows
    /// it. What <see cref="RequirePayloadByte"/> and <see cref="RefusePayloadByte"/> look at comes behind both. For sockets that do
    /// not show link headers (SOCK_DGRAM), where the network header comes first.
    /// </summary>
    public FilterBuilder RequireIPv4Protocol(byte protocol)
    {
        Emit(LoadXHeaderLength, 0);
        Emit(LoadByteAbsolute, NetworkHeader + 9);
        Emit(JumpEqual, AuthenticationHeaderProtocol, 0, 7);
        Emit(LoadByteIndexed, 0);
        _ = RequireEqual(protocol);
        Emit(MoveXToA, 0);
        Emit(AddConstant, AuthenticationHeaderLength);
        Emit(MoveAToX, 0);
        Emit(JumpAlways, 2);
        return RequireEqual(protocol);
    }

    /// <summary>Requires the byte at an offset in what <see cref="RequireIPv4Protocol"/> found to be one of these.</summary>
    public FilterBuilder RequirePayloadByte(int offset, ReadOnlySpan<byte> values)
    {
        Emit(LoadByteIndexed, (uint)offset);
        return RequireOneOf(values);
    }

    /// <summary>Requires the byte at an offset in what <see cref="RequireIPv4Protocol"/> found to be none of these.</summary>
    public FilterBuilder RefusePayloadByte(int offset, ReadOnlySpan<byte> values)
    {
        Emit(LoadByteIndexed, (uint)offset);
        return RefuseOneOf(values);
    }

    /// <summary>Requires the byte at an offset in the network header to be none of these.</summary>
    public FilterBuilder RefuseByteOneOf(int offset, ReadOnlySpan<byte> values)
    {
        Emit(LoadByteAbsolute, NetworkHeader + (uint)offset);
        return RefuseOneOf(values);
    }

    /// <summary>Accepts packets whose four bytes at an offset in the network header are one of these, and drops the rest.</summary>
    public BpfProgram AcceptWordOneOf(int offset, ReadOnlySpan<uint> values)
    {
        // A conditional jump reaches 255 instructions only, so each value has its own way out.
        Emit(LoadWordAbsolute, NetworkHeader + (uint)offset);
        foreach (uint value in values)
        {
            Emit(JumpEqual, value, 0, 1);
            Emit(Return, Whole);
        }

        return AcceptNothingElse();
    }

    /// <summary>Requires the byte at an offset in the network header to be one of these.</summary>
    public FilterBuilder RequireByteOneOf(int offset, ReadOnlySpan<byte> values)
    {
        Emit(LoadByteAbsolute, NetworkHeader + (uint)offset);
        return RequireOneOf(values);
    }

    /// <summary>
    /// Accepts IPv4 and IPv6 packets of one protocol, in IPv4 also behind an IP Authentication Header, and drops the rest.
    /// </summary>
    public FilterBuilder AcceptIPProtocol(byte protocol)
    {
        Emit(LoadWordAbsolute, AncillaryProtocol);
        Emit(JumpEqual, EtherType.IPv4, 0, 6);
        Emit(LoadByteAbsolute, NetworkHeader + 9);
        Emit(JumpEqual, protocol, 7, 0);
        Emit(JumpEqual, AuthenticationHeaderProtocol, 0, 2);
        Emit(LoadByteAbsolute, NetworkHeader + 20);
        Emit(JumpEqual, protocol, 4, 0);
        _ = Drop();
        Emit(JumpEqual, EtherType.IPv6, 0, 3);
        Emit(LoadByteAbsolute, NetworkHeader + 6);
        Emit(JumpEqual, protocol, 0, 1);
        Emit(Return, Whole);
        return Drop();
    }

    /// <summary>Ends a filter that accepts what met every requirement.</summary>
    public BpfProgram Accept()
    {
        Emit(Return, Whole);
        return new BpfProgram([.. _instructions]);
    }

    /// <summary>Ends a filter whose last requirement accepted already, or that accepts nothing.</summary>
    public BpfProgram AcceptNothingElse()
    {
        _ = Drop();
        return new BpfProgram([.. _instructions]);
    }

    private FilterBuilder RequireEqual(uint value)
    {
        Emit(JumpEqual, value, 1, 0);
        return Drop();
    }

    private FilterBuilder RequireOneOf(ReadOnlySpan<PacketType> values)
    {
        Span<byte> bytes = stackalloc byte[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            bytes[i] = (byte)values[i];
        }

        return RequireOneOf(bytes);
    }

    private FilterBuilder RequireOneOf(ReadOnlySpan<byte> values)
    {
        // A conditional jump reaches 255 instructions: one test per value, then the drop.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Length, 255, nameof(values));
        for (int i = 0; i < values.Length; i++)
        {
            Emit(JumpEqual, values[i], (byte)(values.Length - i), 0);
        }

        return Drop();
    }

    private FilterBuilder RefuseOneOf(ReadOnlySpan<byte> values)
    {
        foreach (byte value in values)
        {
            Emit(JumpEqual, value, 0, 1);
            _ = Drop();
        }

        return this;
    }

    private FilterBuilder Drop()
    {
        Emit(Return, 0);
        return this;
    }

    private void Emit(ushort code, uint operand, int jumpTrue = 0, int jumpFalse = 0) => _instructions.Add(new BpfInstruction
    {
        Code = code,
        JumpTrue = (byte)jumpTrue,
        JumpFalse = (byte)jumpFalse,
        Operand = operand,
    });
}
