using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Configuration;

namespace VrrpPS.Commands;

/// <summary>Reads configurations from JSON or keepalived.conf files; which it is, the content tells.</summary>
[Cmdlet(VerbsData.Import, "VrrpConfiguration", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(VrrpConfiguration))]
public sealed class ImportVrrpConfigurationCommand : ConfigurationReadCmdlet
{
    /// <summary>Files to read, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ParameterSets.Path)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConfigurationPathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Files to read, their names taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        bool literal = string.Equals(ParameterSetName, ParameterSets.LiteralPath, StringComparison.Ordinal);
        foreach (string file in FileResolver.Resolve(this, literal ? LiteralPath : Path, literal))
        {
            Guard(() => Emit(ConfigurationFile.Load(file, Options)), file);
        }
    }
}
