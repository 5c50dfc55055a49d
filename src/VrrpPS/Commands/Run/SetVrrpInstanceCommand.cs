using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Control.Client;
using VrrpPS.Engine.Errors;
using VrrpPS.Lifecycle;
using VrrpPS.Transitions;

namespace VrrpPS.Commands;

/// <summary>Changes what was typed of running virtual routers, without leaving the Master role.</summary>
[Cmdlet(VerbsCommon.Set, "VrrpInstance", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Name)]
[OutputType(typeof(VrrpInstance))]
public sealed class SetVrrpInstanceCommand : InstanceValueCmdlet
{
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

    /// <summary>The whole new list of advertised virtual addresses, of the instance's family.</summary>
    [Parameter]
    [Alias("VIP")]
    public string[]? VirtualIPAddress { get; set; }

    /// <summary>Accepts an interval that a PowerShell session may not keep.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the changed instance.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private InstanceSources Sources => SourcesOf(Service, SocketPath);

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (var instance in InstanceTargets.Resolve(this, Sources, InputObject, Name, NamespaceFilter.From(Typed(nameof(NetworkNamespace)), NetworkNamespace)))
        {
            Guard(() => Change(instance), instance);
        }
    }

    private VrrpList<VirtualAddress> ReadAddresses(InstanceConfiguration instance)
    {
        var addresses = VirtualAddressList.Parse(VirtualIPAddress!, instance.InterfaceName, instance.VirtualRouterId);
        return addresses.Count == 0 ? throw VrrpErrors.NoAddress() : addresses[0].Address.Family == instance.AddressFamily
            ? addresses.Concat(instance.VirtualAddresses.Where(static a => !a.Advertised)).ToVrrpList()
            : throw VrrpErrors.ForeignAddressFamily(instance.Name, instance.AddressFamily, addresses[0].ToString());
    }

    private void Change(VrrpInstance instance)
    {
        var after = WithTyped(instance.Configuration);
        after = VirtualIPAddress is null ? after : after with { VirtualAddresses = ReadAddresses(after) };
        ConfigurationValidator.ThrowIfInvalid(after);
        if (AdvertisementInterval is not null && instance.Host == VrrpHost.Session)
        {
            CheckSessionInterval(after, Force);
        }

        if (Typed(nameof(Strict)))
        {
            WarnIfStrict(after);
        }

        List<string> differences = [.. ConfigurationDifference.Between(instance.Configuration, after)];
        var script = WithTyped(instance.Script);
        if (script is not null && instance.Host == VrrpHost.Service)
        {
            throw VrrpErrors.NotInService(instance.Name, "a script block needs a PowerShell session. Use -NotifyCommand, or Register-VrrpEvent -Service in a session.");
        }

        if (script != instance.Script)
        {
            differences.Add(script is null ? "OnTransition: (none)" : "OnTransition: the new script");
        }

        if (differences.Count > 0 && ShouldProcess(instance.Key.ToString(), $"Change {string.Join("; ", differences)}"))
        {
            var engine = Sources.EngineOf(instance);
            Await(engine is ServiceEngine service
                ? service.ChangeAsync(instance.Configuration, after, StopToken)
                : engine.ApplyAsync(instance.Key, after, StopToken));
            if (script != instance.Script)
            {
                TransitionScripts.Set(instance.Key, script);
            }
        }

        if (PassThru)
        {
            WriteObject(Sources.Refresh(instance) ?? instance);
        }
    }
}
