using VrrpPS.Engine.Checks.Environment.Facts;
using VrrpPS.Engine.Linux;

namespace VrrpPS.Engine.Checks.Environment.Rules;

/// <summary>Whether the kernel has what is needed.</summary>
internal sealed class KernelCheck : IEnvironmentCheck
{
    public IEnumerable<VrrpFinding> Check(EnvironmentFacts facts)
    {
        if (facts.Kernel < LinuxPlatform.MinimumKernel)
        {
            yield return Finding.Error(FindingCodes.KernelTooOld, "kernel", $"This is Linux {facts.Kernel}; {LinuxPlatform.MinimumKernel} is needed.", "Update the kernel.");
        }
    }
}
