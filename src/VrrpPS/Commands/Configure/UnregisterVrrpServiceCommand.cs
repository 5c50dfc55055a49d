using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Systemd;

namespace VrrpPS.Commands;

/// <summary>Ends a service of Register-VrrpService, which hands over, and removes its unit. The configuration stays.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "VrrpService", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UnregisterVrrpServiceCommand : VrrpCmdlet
{
    /// <summary>The service's name, with or without .service.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public string Name { get; set; } = UnitName.Default;

    /// <summary>Where the unit is. Anything but systemd's own directory is for an image: systemd is not asked to do anything then.</summary>
    [Parameter]
    public string UnitDirectory { get; set; } = SystemManager.UnitDirectory;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        string name = UnitName.Parse(Name);
        string directory = FileResolver.ResolveNew(this, UnitDirectory);
        string path = UnitInstaller.PathOf(directory, name);
        if (!File.Exists(path))
        {
            throw VrrpErrors.UnitNotFound(path);
        }

        UnitInstaller.RequireOurs(path);
        if (!ShouldProcess(path, "End the service and remove the unit"))
        {
            return;
        }

        var manager = directory.TrimEnd('/') == SystemManager.UnitDirectory ? SystemManager.Find() : null;
        manager?.Disable(name);
        _ = UnitInstaller.Remove(path);
        manager?.Reload();
    }
}
