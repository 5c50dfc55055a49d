using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Runtime;
using VrrpPS.Lifecycle;

namespace VrrpPS.Commands;

/// <summary>
/// A command that does one thing to each chosen instance. The changes run side by side: stopping ten Masters takes one
/// hand-over, not ten.
/// </summary>
public abstract class InstanceChangerCmdlet : VrrpCmdlet
{
    private readonly List<(VrrpInstance Instance, Task<StopOutcome?> Change)> _changes = [];
    /// <summary>Names of instances, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Name)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The named network namespace to look in; '' is the session's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Name)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? NetworkNamespace { get; set; }

    /// <summary>Looks in the vrrpps service only, and not in this session.</summary>
    [Parameter(ParameterSetName = ParameterSets.Name)]
    public SwitchParameter Service { get; set; }

    /// <summary>Looks only in the service that answers on this control socket; '' looks only in this session. The usual places are /run/vrrpps/control.sock and vrrpps.sock in $XDG_RUNTIME_DIR.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Name)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SocketPathCompleter))]
    public string? SocketPath { get; set; }

    /// <summary>Instances from Get-VrrpInstance or Start-VrrpInstance.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.InputObject)]
    public VrrpInstance[] InputObject { get; set; } = [];

    /// <summary>Emits the changed object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Where to look.</summary>
    private protected InstanceSources Sources => SourcesOf(Service, SocketPath);

    /// <summary>What is about to be done, for -WhatIf and -Confirm.</summary>
    private protected abstract string Action { get; }

    /// <inheritdoc/>
    protected sealed override void OnProcess()
    {
        foreach (var instance in InstanceTargets.Resolve(this, Sources, InputObject, Name, NamespaceFilter.From(Typed(nameof(NetworkNamespace)), NetworkNamespace)))
        {
            if (ShouldProcess(instance.Key.ToString(), Action))
            {
                _changes.Add((instance, ChangeAsync(Sources.EngineOf(instance), instance)));
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override void OnEnd()
    {
        foreach (var (instance, change) in _changes)
        {
            Guard(() => Finish(instance, change), instance);
        }
    }

    /// <summary>Begins the change; a hand-over says how it ended.</summary>
    private protected abstract Task<StopOutcome?> ChangeAsync(IVrrpEngine engine, VrrpInstance instance);

    /// <summary>Says how a hand-over ended.</summary>
    private protected virtual void Report(VrrpInstance instance, StopOutcome outcome)
    {
    }

    /// <summary>What -PassThru emits.</summary>
    private protected virtual object? Result(VrrpInstance instance) => instance;

    private void Finish(VrrpInstance instance, Task<StopOutcome?> change)
    {
        AwaitWithProgress(change, $"{Action}: {instance.Key}", () => instance.StatusMessage);
        if (change.Result is { } outcome)
        {
            Report(instance, outcome);
        }

        if (PassThru && Result(instance) is { } result)
        {
            WriteObject(result);
        }
    }
}
