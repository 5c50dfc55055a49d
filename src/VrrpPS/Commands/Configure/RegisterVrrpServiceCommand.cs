using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Scheduling;
using VrrpPS.Engine.Systemd;

namespace VrrpPS.Commands;

/// <summary>Makes a systemd service of a configuration: allowed what that needs, started now and at boot.</summary>
[Cmdlet(VerbsLifecycle.Register, "VrrpService", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(VrrpService))]
public sealed class RegisterVrrpServiceCommand : VrrpCmdlet
{
    private readonly List<InstanceConfiguration> _instances = [];

    /// <summary>The configuration, read where it is: a file (JSON or keepalived.conf), or a directory of fragments.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.Path)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConfigurationPathCompleter))]
    public string? Path { get; set; }

    /// <summary>The configuration, its name taken as it is.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath")]
    public string? LiteralPath { get; set; }

    /// <summary>Configurations or instances: written with their passwords to a file that only the service's user may read.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.Configuration)]
    public VrrpConfiguration[] Configuration { get; set; } = [];

    /// <summary>The service's name, with or without .service.</summary>
    [Parameter]
    public string Name { get; set; } = UnitName.Default;

    /// <summary>The user, or user:group, the service runs as; without it, root with nothing but the capabilities it needs.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public string? User { get; set; }

    /// <summary>The program vrrpps; without it, the one on the usual paths.</summary>
    [Parameter]
    public string? ServicePath { get; set; }

    /// <summary>Where -Configuration is written to, as the service's name with .json.</summary>
    [Parameter(ParameterSetName = ParameterSets.Configuration)]
    public string ConfigurationDirectory { get; set; } = "/etc/vrrpps";

    /// <summary>Where the unit is written to. Anything but systemd's own directory is for an image or a look: systemd is not asked to do anything then.</summary>
    [Parameter]
    public string UnitDirectory { get; set; } = SystemManager.UnitDirectory;

    /// <summary>Where the service answers Prometheus, such as 127.0.0.1:9765 or [::1]:9765. Whoever reaches it can read it.</summary>
    [Parameter]
    public string? MetricsListen { get; set; }

    /// <summary>The file that the service writes every 15 s for node_exporter's textfile collector; its directory must be there.</summary>
    [Parameter]
    public string? MetricsFile { get; set; }

    /// <summary>The OpenTelemetry collector that the service sends its metrics to, such as http://127.0.0.1:4318.</summary>
    [Parameter]
    public string? OtlpEndpoint { get; set; }

    /// <summary>The real-time priority of the service's loops, 1..99: for a machine whose load would make advertisements late. Without it, they run as everything else.</summary>
    [Parameter]
    [ValidateRange(LoopScheduling.LeastPriority, LoopScheduling.GreatestPriority)]
    public int RealTimePriority { get; set; }

    /// <summary>Keeps the service's memory from being swapped out.</summary>
    [Parameter]
    public SwitchParameter LockMemory { get; set; }

    /// <summary>The processors that the service's loops run on, such as 0 or 2-3,6.</summary>
    [Parameter]
    public string? Processor { get; set; }

    /// <summary>Accepts that settings of the election, the addresses or the authentication are not carried over.</summary>
    [Parameter]
    public SwitchParameter AllowPartial { get; set; }

    /// <summary>Has the service started at boot only, not now.</summary>
    [Parameter]
    public SwitchParameter NoStart { get; set; }

    /// <summary>Emits the service.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (ParameterSetName is ParameterSets.Configuration)
        {
            _instances.AddRange(Configuration.Select(static c => c.Configuration));
        }
        else if (FindPath() is { } path)
        {
            Register(path, Load(path));
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (ParameterSetName is ParameterSets.Configuration && _instances.Count > 0)
        {
            ConfigurationValidator.ThrowIfInvalid(_instances);
            string name = UnitName.Parse(Name);
            Register(System.IO.Path.Combine(FileResolver.ResolveNew(this, ConfigurationDirectory), $"{name}.json"), _instances);
        }
    }

    private string? FindPath()
    {
        bool isLiteral = ParameterSetName is ParameterSets.LiteralPath;
        string[] found = [.. FileResolver.Resolve(this, [(isLiteral ? LiteralPath : Path)!], isLiteral)];
        return found.Length > 1
            ? throw VrrpErrors.InvalidConfiguration($"'{Path}' leads to {found.Length} files. Give one file, or the directory that the service is to read as a whole.", Path)
            : found.FirstOrDefault();
    }

    private VrrpList<InstanceConfiguration> Load(string path)
    {
        var result = LoadAny(path);
        foreach (var finding in result.Diagnostics.Where(static finding => finding.Severity == ConfigurationSeverity.Warning))
        {
            WriteWarning(finding.ToString());
        }

        var instances = result.EnsureUsable(AllowPartial).Instances;
        return instances.Count == 0 ? throw VrrpErrors.NoInstances(path) : instances;
    }

    // The parameter of the same name hides the type.
    private static ConfigurationResult LoadAny(string path) => Engine.Configuration.ConfigurationDirectory.LoadAny(path);

    private void Register(string configuration, IReadOnlyList<InstanceConfiguration> instances)
    {
        string directory = FileResolver.ResolveNew(this, UnitDirectory);
        var options = new UnitOptions
        {
            Name = UnitName.Parse(Name),
            Executable = ServicePath is null ? UnitInstaller.FindExecutable() : FileResolver.ResolveNew(this, ServicePath),
            ConfigurationPath = configuration,
            User = string.IsNullOrEmpty(User) ? null : User,
            AllowPartial = AllowPartial,
            Scheduling = new LoopScheduling { RealTimePriority = RealTimePriority, LockMemory = LockMemory, Processors = ProcessorSet.Parse(Processor) },
            Exports = UnitExports.Create(MetricsListen, string.IsNullOrEmpty(MetricsFile) ? null : FileResolver.ResolveNew(this, MetricsFile), OtlpEndpoint),
        };
        if (!File.Exists(options.Executable))
        {
            throw VrrpErrors.ProgramNotFound(options.Executable);
        }

        var needs = UnitNeeds.Of(instances, configuration);
        string path = UnitInstaller.PathOf(directory, options.Name);
        UnitInstaller.RequireOurs(path);
        if (!ShouldProcess(path, "Write the unit, enable and start the service"))
        {
            return;
        }

        if (ParameterSetName is ParameterSets.Configuration)
        {
            WriteConfiguration(configuration, options.User, instances);
        }

        _ = UnitInstaller.Write(directory, options, needs);
        bool isHandedOver = HandToSystemd(directory, options.Name);
        if (PassThru)
        {
            WriteObject(new VrrpService
            {
                Name = options.Name,
                UnitPath = path,
                ConfigurationPath = configuration,
                ServicePath = options.Executable,
                User = options.User,
                Capability = ProcessCapabilities.Describe(UnitFile.CapabilitiesOf(needs)).Split(" and ").ToVrrpList(),
                NetworkNamespace = needs.NetworkNamespace,
                Enabled = isHandedOver,
                Started = isHandedOver && !NoStart,
            });
        }
    }

    private static void WriteConfiguration(string path, string? user, IReadOnlyList<InstanceConfiguration> instances)
    {
        if (user is not null)
        {
            UnitInstaller.RequireUser(user);
        }

        _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        ConfigurationFileWriter.Write(path, JsonConfigurationWriter.Write(new ConfigurationDocument { Instances = instances.ToVrrpList() }, includeSecrets: true), ownerOnly: true);
        if (user is not null)
        {
            UnitInstaller.GiveTo(user, path);
        }
    }

    private bool HandToSystemd(string directory, string name)
    {
        if (directory.TrimEnd('/') != SystemManager.UnitDirectory)
        {
            WriteVerbose($"The unit is in '{directory}', which systemd is not asked to read.");
            return false;
        }

        if (SystemManager.Find() is not { } manager)
        {
            WriteWarning($"systemd does not run here, so the service is neither enabled nor started. Where it runs: systemctl daemon-reload && systemctl enable --now {name}");
            return false;
        }

        manager.Reload();
        manager.Enable(name);
        if (!NoStart)
        {
            manager.Restart(name);
        }

        return true;
    }
}
