using VrrpPS.Engine.Linux;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>Tells when a killed process would leave its addresses behind.</content>
internal sealed partial class RouterHost
{
    private string? _guardProblemTold;

    private string? GuardProblem => _loop.GuardProblem
        ?? (_loop.UsesGuard && UnguardableName is { } name ? $"the guard does not take the interface name '{name}'" : null);

    private string? UnguardableName => Link is { } link && !GuardedAddress.IsGuardable(link.Name) ? link.Name
        : _virtualMac is { } made && !GuardedAddress.IsGuardable(made.Name) ? made.Name
        : null;

    /// <summary>A guard has ended, or watches again, or the interface has another name: told once each.</summary>
    public void OnGuardChanged(Instant now)
    {
        string? problem = GuardProblem;
        if (problem == _guardProblemTold)
        {
            return;
        }

        _guardProblemTold = problem;
        if (problem is null)
        {
            Report(VrrpEventKind.Information, "A guard watches over this process again.");
        }
        else
        {
            string until = Router.Parameters.Lease > 0 ? "until their lease ends" : "until somebody removes them";
            Report(VrrpEventKind.Information, $"No guard watches over this process: {problem}. Should it be killed as Master, its addresses stay {until}.", isWarning: true);
        }

        Dirty();
        PublishIfChanged(now);
    }
}
