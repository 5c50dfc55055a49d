using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Lifecycle;

/// <summary>
/// Called by PowerShell when a runspace imports or removes the module. PowerShell makes a new object for each call, so all
/// state is static and belongs to the process.
/// </summary>
public sealed class ModuleLifecycle : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Counts the runspace as a user of the engine.</summary>
    public void OnImport() => RunspaceRegistry.Enter(Runspace.DefaultRunspace);

    /// <summary>Ends the engine if no other runspace of the process has the module; <c>Import-Module -Force</c> comes through here, too.</summary>
    /// <param name="psModuleInfo">The module that goes.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (!RunspaceRegistry.Leave(Runspace.DefaultRunspace))
        {
            return;
        }

        WarnOfMasters();
        EngineHost.Shutdown();
    }

    private static void WarnOfMasters()
    {
        string[] masters = [.. (EngineHost.Current?.GetStates() ?? []).Where(static s => s.State == RouterState.Master).Select(static s => s.Name)];
        if (masters.Length == 0)
        {
            return;
        }

        // Cleanup code is given no cmdlet to warn through; the host is the only place left.
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        var host = shell.AddScript("$Host").Invoke<PSHost>().FirstOrDefault();
        host?.UI.WriteWarningLine($"Removing VrrpPS ends its engine: {string.Join(", ", masters)} {(masters.Length == 1 ? "is" : "are")} Master here and handed over now. The vrrpps service keeps a virtual address without a shell.");
    }
}
