using VrrpPS.Protocol;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>The first IPv6 address in an advertisement is the virtual router's link-local one (RFC 9568 section 5.2.9).</summary>
internal sealed class LinkLocalFirstCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        foreach (var member in set.Members.Where(static member => member.Instance.AddressFamily == AddressFamily.IPv6))
        {
            var addresses = member.Instance.VirtualAddresses.Where(static address => address.Advertised).Select(static address => address.Address).ToArray();
            if (addresses is [var first, ..] && !first.IsLinkLocal)
            {
                bool has = addresses.Any(static address => address.IsLinkLocal);
                yield return Finding.Warning(
                    FindingCodes.LinkLocalNotFirst,
                    member.Subject,
                    has
                        ? $"The first address, {first}, is not the link-local one. Strict peers discard such advertisements."
                        : $"No link-local address is advertised. Hosts that learn their router by router advertisements follow a link-local address, and strict peers discard lists that do not begin with one.",
                    has ? "Put the fe80:: address first, on every node." : "Put a link-local address such as fe80::5e:1 first, the same on every node.");
            }
        }
    }
}
