using System.Management.Automation;
using VrrpPS.Engine.Configuration;

namespace VrrpPS.Commands;

/// <summary>Describes a virtual router without starting it.</summary>
[Cmdlet(VerbsCommon.New, "VrrpConfiguration", DefaultParameterSetName = ParameterSets.Values)]
[OutputType(typeof(VrrpConfiguration))]
public sealed class NewVrrpConfigurationCommand : InstanceDefinitionCmdlet
{
    /// <inheritdoc/>
    protected override bool NeedsLinux => false;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        var configuration = Describe();
        ConfigurationValidator.ThrowIfInvalid(configuration);
        WarnIfStrict(configuration);
        WriteObject(new VrrpConfiguration(configuration) { Script = WithTyped(script: null) });
    }
}
