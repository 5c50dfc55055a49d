using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>What the kernel tells about a received packet besides its bytes.</summary>
/// <param name="InterfaceIndex">Where it was received.</param>
/// <param name="PacketType">Whom it was for.</param>
/// <param name="EtherType">The Ethernet protocol, in host order.</param>
/// <param name="Source">The sender's Ethernet address; <c>default</c> where there is none.</param>
/// <param name="VlanId">The VLAN of the tag (0..4095), or -1 without one. Only sockets for <see cref="Sockets.EtherType.All"/> ever see one.</param>
/// <param name="OriginalLength">Bytes before the packet was cut to the buffer.</param>
/// <param name="Timestamp">When the kernel received it, nanoseconds since 1970 UTC; 0 when not asked for.</param>
public readonly record struct PacketMetadata(
    int InterfaceIndex,
    PacketType PacketType,
    ushort EtherType,
    MacAddress Source,
    int VlanId,
    int OriginalLength,
    long Timestamp);
