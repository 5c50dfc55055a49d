using VrrpPS.Protocol;

namespace VrrpPS.Engine.Watch;

/// <summary>What identifies a virtual router on the wire (RFC 9568 section 1.2): the link, the VRID and the family.</summary>
internal readonly record struct AdvertGroupKey(string InterfaceName, int VlanId, byte VirtualRouterId, AddressFamily Family);
