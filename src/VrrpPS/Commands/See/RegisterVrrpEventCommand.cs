using System.Management.Automation;
using Microsoft.PowerShell.Commands;
using VrrpPS.Completers;
using VrrpPS.Engine.Control.Client;
using VrrpPS.Engine.Errors;
using VrrpPS.Errors;

namespace VrrpPS.Commands;

/// <summary>Runs an action, or queues an event, whenever the instances of this session, or of the vrrpps service, report something. Unregister-Event ends it.</summary>
[Cmdlet(VerbsLifecycle.Register, "VrrpEvent", SupportsShouldProcess = true)]
[OutputType(typeof(PSEventJob))]
public sealed class RegisterVrrpEventCommand : ObjectEventRegistrationBase
{
    private const string EventMember = nameof(VrrpEventSource.Raised);

    /// <summary>Names of instances, with wildcards; all instances without it, those started later as well.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>What to wait for; Transition unless given.</summary>
    [Parameter(Position = 1)]
    public VrrpEventName[] EventName { get; set; } = [VrrpEventName.Transition];

    /// <summary>Listens to the vrrpps service instead of this session, also after the service has been restarted.</summary>
    [Parameter]
    public SwitchParameter Service { get; set; }

    /// <summary>Listens to the service that answers on this control socket; /run/vrrpps/control.sock, or vrrpps.sock in $XDG_RUNTIME_DIR, unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SocketPathCompleter))]
    public string? SocketPath { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string names = Name.Length == 0 ? "all instances" : string.Join(", ", Name);
        if (ShouldProcess(names, $"Register for {string.Join(", ", EventName)}"))
        {
            base.EndProcessing();
        }
    }

    /// <inheritdoc/>
    protected override object GetSourceObject()
    {
        try
        {
            return new VrrpEventSource(Name, EventName, WayToService());
        }
        catch (VrrpException refusal)
        {
            ThrowTerminatingError(ErrorRecords.From(refusal));
            throw;
        }
    }

    /// <inheritdoc/>
    protected override string GetSourceObjectEventName() => EventMember;

    private Func<ServiceEngine>? WayToService()
    {
        if (SocketPath is null)
        {
            return Service ? ServiceEngine.OpenDefault : null;
        }

        // Resolved once: the session may be somewhere else when the service comes back.
        string path = GetUnresolvedProviderPathFromPSPath(SocketPath);
        return () => ServiceEngine.Open(path);
    }
}
