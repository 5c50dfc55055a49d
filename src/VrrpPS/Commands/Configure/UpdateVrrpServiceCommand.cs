using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Control;
using VrrpPS.Engine.Control.Client;
using VrrpPS.Engine.Control.Messages;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Systemd;
using VrrpPS.Errors;

namespace VrrpPS.Commands;

/// <summary>Has a running service read its configuration again and carry out what differs; instances that were stopped by hand start.</summary>
[Cmdlet(VerbsData.Update, "VrrpService", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Name)]
[OutputType(typeof(VrrpServiceChange))]
public sealed class UpdateVrrpServiceCommand : VrrpCmdlet
{
    /// <summary>The service's name, with or without .service, as Register-VrrpService took it; without it, the service in the usual place.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Name)]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public string? Name { get; set; }

    /// <summary>The service that answers on this control socket.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.SocketPath)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SocketPathCompleter))]
    public string? SocketPath { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        using var service = Open();
        if (!ShouldProcess(service.Path, "Read the configuration again and carry out what differs"))
        {
            return;
        }

        var reload = service.ReloadAsync(StopToken);
        Await(reload);
        Show(service.Path, reload.Result);
    }

    private ServiceEngine Open() => (SocketPath, Name) switch
    {
        ({ } path, _) => ServiceEngine.Open(FileResolver.ResolveNew(this, path)),
        (_, { } name) when UnitName.Parse(name) != UnitName.Default => ServiceEngine.Open(ControlSocketPath.OfService(UnitName.Parse(name))),
        _ => ServiceEngine.OpenDefault(),
    };

    private void Show(string path, ReloadOutcome outcome)
    {
        foreach (string failure in outcome.Failures)
        {
            WriteError(ErrorRecords.From(VrrpErrors.ReloadIncomplete(path, failure)));
        }

        WriteObject(new VrrpServiceChange
        {
            SocketPath = path,
            Started = outcome.StartedNames,
            Changed = outcome.ChangedNames,
            Restarted = outcome.RestartedNames,
            Stopped = outcome.StoppedNames,
            Unchanged = outcome.Unchanged,
            Failure = outcome.Failures,
        });
    }
}
