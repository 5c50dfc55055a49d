using System.Management.Automation;
using Microsoft.PowerShell.Commands;
using VrrpPS.Completers;

namespace VrrpPS.Commands;

/// <summary>Runs an action, or queues an event, whenever the instances of this session report something. Unregister-Event ends it.</summary>
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
    protected override object GetSourceObject() => new VrrpEventSource(Name, EventName);

    /// <inheritdoc/>
    protected override string GetSourceObjectEventName() => EventMember;
}
