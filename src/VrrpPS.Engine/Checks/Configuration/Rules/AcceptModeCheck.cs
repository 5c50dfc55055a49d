namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Says what accept mode off means, which is often taken for an address that does not work, and where nodes differ in it.</summary>
internal sealed class AcceptModeCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        // The owner accepts either way.
        foreach (var group in set.Groups.Where(static group => group.Members.Any(static member => member.Instance is { AcceptMode: false, Priority: not 255 })))
        {
            var refusing = group.Members.Where(static member => member.Instance is { AcceptMode: false, Priority: not 255 }).Select(static member => member.NodeName).ToArray();
            var accepting = group.Members.Where(static member => member.Instance.AcceptMode && member.Instance.Priority != 255).Select(static member => member.NodeName).ToArray();
            if (accepting.Length == 0)
            {
                yield return Finding.Information(
                    FindingCodes.AcceptModeOff,
                    group.Subject,
                    "Accept mode is off: the addresses answer neither ping nor any service, only ARP and neighbour discovery. That is right for a gateway that only forwards; a service behind the addresses needs it on.");
                continue;
            }

            yield return Finding.Warning(
                FindingCodes.AcceptModeDiffers,
                group.Subject,
                $"The addresses answer while {string.Join(" or ", accepting)} is Master, and do not (accept mode off) while {string.Join(" or ", refusing)} is.",
                "The same accept mode on every node: on for services, off for a gateway that only forwards.");
        }
    }
}
