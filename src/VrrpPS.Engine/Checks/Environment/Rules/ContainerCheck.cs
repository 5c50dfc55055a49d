using VrrpPS.Engine.Checks.Environment.Facts;

namespace VrrpPS.Engine.Checks.Environment.Rules;

/// <summary>A container's own network is seldom the one that is to have the address.</summary>
internal sealed class ContainerCheck : IEnvironmentCheck
{
    public IEnumerable<VrrpFinding> Check(EnvironmentFacts facts)
    {
        if (facts.Container is { } kind)
        {
            yield return Finding.Information(
                FindingCodes.Container,
                kind,
                $"This is a container ({kind}). With a network of its own, virtual addresses bound here are reached from the container's network only.",
                "For the host's network: --network host --cap-add NET_ADMIN --cap-add NET_RAW (in Kubernetes hostNetwork: true and these capabilities). SYS_ADMIN is needed for named network namespaces only.");
        }
    }
}
