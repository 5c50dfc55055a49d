namespace VrrpPS.Protocol.Wire;

/// <summary>The operation of an ARP packet (RFC 826).</summary>
public enum ArpOperation : long
{
    /// <summary>Who has the target address?</summary>
    Request = 1,

    /// <summary>The sender has the sender address.</summary>
    Reply = 2,
}
