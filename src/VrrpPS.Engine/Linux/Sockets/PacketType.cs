namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>Whom a received frame was for (PACKET_* of packet(7)).</summary>
public enum PacketType : long
{
    /// <summary>This host's own Ethernet address.</summary>
    Host = 0,

    /// <summary>Everyone.</summary>
    Broadcast = 1,

    /// <summary>A group.</summary>
    Multicast = 2,

    /// <summary>Somebody else, seen in promiscuous mode.</summary>
    OtherHost = 3,

    /// <summary>Sent by this host.</summary>
    Outgoing = 4,
}
