using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Errors;

namespace VrrpPS.Commands;

/// <summary>Writes configurations to one file, as JSON or as keepalived.conf.</summary>
[Cmdlet(VerbsData.Export, "VrrpConfiguration", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(FileInfo))]
public sealed class ExportVrrpConfigurationCommand : VrrpCmdlet
{
    private readonly List<VrrpConfiguration> _configurations = [];
    private readonly List<InstanceConfiguration> _instances = [];

    /// <summary>The configurations, or instances of this session.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public VrrpConfiguration[] InputObject { get; set; } = [];

    /// <summary>The file to write. An existing one is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.Path)]
    [ArgumentCompleter(typeof(ConfigurationPathCompleter))]
    public string? Path { get; set; }

    /// <summary>The file to write, its name taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath")]
    public string? LiteralPath { get; set; }

    /// <summary>Json, which holds everything, or Keepalived. Without it, Keepalived for a name that ends in .conf.</summary>
    [Parameter]
    public ConfigurationFormat Format { get; set; }

    /// <summary>Writes passwords in clear text into a file that only its owner may read. They are left out otherwise.</summary>
    [Parameter]
    public SwitchParameter IncludeSecret { get; set; }

    /// <summary>Replaces a file that is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves an existing file as it is and says so.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Emits the written file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsLinux => false;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (var item in InputObject)
        {
            Guard(
                () =>
                {
                    if (IncludeSecret)
                    {
                        InstanceTargets.RequireSecrets(item);
                    }

                    _configurations.Add(item);
                    _instances.Add(item.Configuration);
                },
                item);
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (FileResolver.ResolveFile(this, LiteralPath ?? Path!) is not { } file)
        {
            return;
        }

        ConfigurationValidator.ThrowIfInvalid(_instances);
        var existing = new FileInfo(file);
        if (NoClobber && existing.Exists)
        {
            WriteError(ErrorRecords.FileExists(file));
        }
        else if (!Force && existing is { Exists: true, IsReadOnly: true })
        {
            WriteError(ErrorRecords.FileReadOnly(file));
        }
        else if (ShouldProcess(file, $"Write {(_instances.Count == 1 ? "1 configuration" : $"{_instances.Count} configurations")}"))
        {
            ConfigurationFileWriter.Write(file, Text(file), IncludeSecret && _instances.Any(HasSecret));
            if (PassThru)
            {
                WriteObject(new FileInfo(file));
            }
        }
    }

    private string Text(string file)
    {
        var document = new ConfigurationDocument { Instances = _instances.ToVrrpList(), RouterId = RouterId() };
        foreach (var configuration in _configurations.Where(static c => c.Script is not null))
        {
            WriteWarning($"{configuration.Name}: the script of -OnTransition is left out: a file has commands instead (notification). Give it again when the instance is started.");
        }

        bool keepalived = Typed(nameof(Format)) ? Format == ConfigurationFormat.Keepalived : file.EndsWith(".conf", StringComparison.OrdinalIgnoreCase);
        if (keepalived)
        {
            var written = KeepalivedWriter.Write(document, IncludeSecret);
            foreach (var finding in written.Diagnostics)
            {
                WriteWarning(finding.Message);
            }

            return written.Text;
        }

        if (!IncludeSecret)
        {
            foreach (var instance in _instances.Where(HasSecret))
            {
                WriteWarning($"{instance.Name}: {Secrets(instance)} left out. Give -IncludeSecret to write it, or name files of passwords in the written one.");
            }
        }

        return JsonConfigurationWriter.Write(document, IncludeSecret);
    }

    /// <summary>What the files that the configurations came from call this node, if they agree.</summary>
    private string? RouterId()
    {
        string[] names = [.. _configurations.Select(static c => c.RouterId).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (names.Length > 1)
        {
            WriteWarning($"routerId is left out: the configurations come from files that call the node {string.Join(" and ", names)}. Write the one that is meant into the new file.");
        }

        return names.Length == 1 ? names[0] : null;
    }

    private static bool HasSecret(InstanceConfiguration instance) => Secrets(instance).Length > 0;

    /// <summary>What of an instance only its owner may read, by name; empty for nothing.</summary>
    private static string Secrets(InstanceConfiguration instance)
    {
        string[] parts =
        [
            .. instance.AuthenticationPass is null ? Array.Empty<string>() : ["the password"],
            .. instance.Hmac is null ? Array.Empty<string>() : ["the HMAC keys"],
            .. instance.Notification.Mail?.Password is null ? Array.Empty<string>() : ["the mail server's password"],
            .. instance.SyncGroupOptions.Notification.Mail?.Password is null ? Array.Empty<string>() : ["the mail server's password of the sync group"],
        ];
        return parts.Length == 0 ? string.Empty : $"{string.Join(" and ", parts)} {(parts is ["the HMAC keys"] or [_, _, ..] ? "are" : "is")}";
    }
}
