using VrrpPS.Engine.Checks.Environment.Facts;

namespace VrrpPS.Engine.Checks.Environment.Rules;

/// <summary>Programs that sit before packet sockets: what they drop, nobody hears.</summary>
internal sealed class PacketProgramCheck : IEnvironmentCheck
{
    public IEnumerable<VrrpFinding> Check(EnvironmentFacts facts)
    {
        foreach (var found in facts.Interfaces)
        {
            string? what = (found.Link.HasReceiveProgram, found.HasPacketHook) switch
            {
                (true, true) => "An XDP program and traffic control",
                (true, false) => "An XDP program",
                (false, true) => "Traffic control (ingress or clsact)",
                _ => null,
            };
            if (what is not null)
            {
                yield return Finding.Warning(
                    FindingCodes.PacketProgram,
                    found.Name,
                    $"{what} can drop packets on {found.Name} before VRRP hears them; what it does with protocol 112 cannot be told from outside.",
                    $"Make sure that it passes IP protocol 112 and ARP: 'ip -d link show {found.Name}', 'tc filter show dev {found.Name} ingress' and 'bpftool net' show it; Watch-VrrpAdvert shows what arrives.");
            }
        }
    }
}
