using VrrpPS.Protocol;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Nodes of one virtual router serve the same addresses.</summary>
internal sealed class AddressListCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        foreach (var group in set.Groups)
        {
            if (group.Differences(Texts, static text => text.Length == 0 ? "none" : text) is not { } differences)
            {
                continue;
            }

            const string fix = "Give every node the same list. Where one is edited after the other, the election goes on meanwhile (version 3, or version 2 without -StrictAddressList).";
            yield return group.Members.Any(static member => member.Instance is { Version: VrrpVersion.V2, StrictAddressList: true })
                ? Finding.Error(FindingCodes.AddressListDiffers, group.Subject, $"The nodes advertise different addresses ({differences}), and one of them discards such advertisements: both become Master.", fix)
                : Finding.Warning(FindingCodes.AddressListDiffers, group.Subject, $"The nodes advertise different addresses ({differences}): what only one of them has is gone when another is Master. keepalived 2.2 and older discard such advertisements in version 2.", fix);
        }
    }

    private static string Texts(RouterMember member) => string.Join(" ", member.Instance.VirtualAddresses
        .Where(static address => address.Advertised)
        .Select(static address => address.Address)
        .Order()
        .Select(static address => address.ToString()));
}
