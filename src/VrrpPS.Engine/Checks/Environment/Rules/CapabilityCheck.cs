using VrrpPS.Engine.Checks.Environment.Facts;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;

namespace VrrpPS.Engine.Checks.Environment.Rules;

/// <summary>Whether the process may do what it must, and what it may have to.</summary>
internal sealed class CapabilityCheck : IEnvironmentCheck
{
    public IEnumerable<VrrpFinding> Check(EnvironmentFacts facts)
    {
        var missing = (Capabilities.NetAdmin | Capabilities.NetRaw) & ~facts.Capabilities;
        if (missing != Capabilities.None)
        {
            yield return Finding.Error(FindingCodes.MissingCapability, "this process", $"This process lacks {ProcessCapabilities.Describe(missing)}: no instance can run.", VrrpErrors.MissingCapability(missing).Message);
        }

        if (!facts.Capabilities.HasFlag(Capabilities.SysAdmin))
        {
            yield return Finding.Information(FindingCodes.MissingCapability, "this process", "This process lacks CAP_SYS_ADMIN: instances in named network namespaces cannot run. Others do not need it.");
        }

        missing = (Capabilities.SetUid | Capabilities.SetGid) & ~facts.Capabilities;
        if (missing != Capabilities.None)
        {
            yield return Finding.Information(FindingCodes.MissingCapability, "this process", $"This process lacks {ProcessCapabilities.Describe(missing)}: scripts run as the user of this process only.");
        }
    }
}
