using System.Management.Automation;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Jobs;
using VrrpPS.Lifecycle;
using VrrpPS.Transitions;

namespace VrrpPS.Commands;

/// <summary>Starts a virtual router in this session, as a background job.</summary>
[Cmdlet(VerbsLifecycle.Start, "VrrpInstance", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Values)]
[OutputType(typeof(VrrpInstance))]
public sealed class StartVrrpInstanceCommand : InstanceDefinitionCmdlet
{
    /// <summary>Configurations from New-VrrpConfiguration, Import-VrrpConfiguration or ConvertFrom-KeepalivedConfig; typed values replace theirs.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.Configuration)]
    public VrrpConfiguration[] Configuration { get; set; } = [];

    /// <summary>Accepts an interval that a PowerShell session may not keep.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (string.Equals(ParameterSetName, ParameterSets.Values, StringComparison.Ordinal))
        {
            Start(Describe(), WithTyped(script: null));
            return;
        }

        foreach (var item in Configuration)
        {
            Guard(
                () =>
                {
                    InstanceTargets.RequireSecrets(item);
                    Start(Place(WithTyped(item.Configuration)), WithTyped(item.Script));
                },
                item);
        }
    }

    private void Start(InstanceConfiguration configuration, TransitionScript? script)
    {
        ConfigurationValidator.ThrowIfInvalid(configuration);
        CheckSessionInterval(configuration, Force);
        WarnIfStrict(configuration);
        var key = InstanceCatalog.KeyOf(configuration);
        if (!ShouldProcess(key.ToString(), $"Start virtual router {configuration.VirtualRouterId} for {configuration.VirtualAddresses} on {configuration.InterfaceName}"))
        {
            return;
        }

        if (InstanceCatalog.FindConfiguration(key) is not null)
        {
            throw VrrpErrors.InstanceExists(key.Name, key.NetworkNamespace);
        }

        var job = new VrrpJob(key, configuration.InterfaceName);
        JobTable.Add(job);
        TransitionScripts.Set(key, script);
        try
        {
            Await(EngineHost.GetOrCreate().StartAsync(configuration, StopToken));
        }
        catch
        {
            _ = JobTable.Take(key);
            job.Dispose();
            throw;
        }

        JobRepository.Add(job);
        WriteObject(new VrrpInstance(configuration));
    }
}
