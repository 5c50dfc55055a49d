using VrrpPS.Engine.Checks.Environment.Facts;

namespace VrrpPS.Engine.Checks.Environment.Rules;

/// <summary>Whether time passes evenly here: failovers without failure begin with it.</summary>
internal sealed class ClockCheck : IEnvironmentCheck
{
    private const double MuchStolen = 0.02;
    private static readonly string[] s_slow = ["hpet", "acpi_pm", "jiffies", "refined-jiffies", "pit"];

    public IEnumerable<VrrpFinding> Check(EnvironmentFacts facts)
    {
        if (facts.ClockSource is { } source && s_slow.Contains(source, StringComparer.Ordinal))
        {
            yield return Finding.Warning(
                FindingCodes.SlowClockSource,
                source,
                $"The kernel's clock source is {source}: reading it is slow, and the kernel falls back to it when the processor's own clock was found unsteady.",
                "Look for 'clocksource' in the kernel's log (dmesg); in a virtual machine choose the hypervisor's clock (kvm-clock, hyperv_clocksource_tsc_page) or tsc.");
        }

        if (facts.StolenShare > MuchStolen)
        {
            yield return Finding.Warning(
                FindingCodes.ProcessorStolen,
                "processor",
                $"Since boot the hypervisor has given {facts.StolenShare:P1} of this machine's processor time to others: advertisements leave late in bursts.",
                "Reserve processor time for this machine, or choose an interval of 1 s or more; Get-VrrpCounter shows lateness and lost advertisements.");
        }
    }
}
