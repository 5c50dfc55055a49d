namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Nodes that share an address belong to one virtual router, whatever their ids say.</summary>
internal sealed class VirtualRouterIdCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        var members = set.Members.ToArray();
        for (int i = 0; i < members.Length; i++)
        {
            for (int j = i + 1; j < members.Length; j++)
            {
                if (Contradict(members[i], members[j]) is { } shared)
                {
                    yield return Finding.Error(
                        FindingCodes.VirtualRouterIdDiffers,
                        $"{members[i].Subject}, {members[j].Subject}",
                        $"{members[i].NodeName} has {shared} in virtual router {members[i].Instance.VirtualRouterId} and {members[j].NodeName} in {members[j].Instance.VirtualRouterId}: they do not hear each other, and both bind it.",
                        "Give both the same virtual router id.");
                }
            }
        }
    }

    private static string? Contradict(RouterMember one, RouterMember other)
    {
        if (one.NodeName == other.NodeName
            || one.Instance.AddressFamily != other.Instance.AddressFamily
            || one.Instance.VirtualRouterId == other.Instance.VirtualRouterId)
        {
            return null;
        }

        var addresses = one.Instance.VirtualAddresses.Select(static address => address.Address)
            .Intersect(other.Instance.VirtualAddresses.Select(static address => address.Address)).ToArray();
        return addresses.Length == 0 ? null : string.Join(" and ", addresses);
    }
}
