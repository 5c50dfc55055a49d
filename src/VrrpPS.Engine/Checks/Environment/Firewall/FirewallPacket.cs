namespace VrrpPS.Engine.Checks.Environment.Firewall;

/// <summary>The advertisement that rules are tried with.</summary>
/// <param name="InterfaceName">The interface it comes in or goes out by.</param>
/// <param name="Destination">Where it goes.</param>
/// <param name="IsOutgoing">Whether it leaves.</param>
internal sealed record FirewallPacket(string InterfaceName, Protocol.InetAddress Destination, bool IsOutgoing)
{
    public bool IsIPv6 => Destination.Family == Protocol.AddressFamily.IPv6;
}
