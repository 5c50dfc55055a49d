using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Checks.Configuration;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Commands;

/// <summary>Looks for what a valid configuration can still have wrong and plays every failure through the election.</summary>
[Cmdlet(VerbsDiagnostic.Test, "VrrpConfiguration", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(VrrpFinding), typeof(VrrpElectionOutcome))]
public sealed class TestVrrpConfigurationCommand : VrrpCmdlet
{
    private readonly List<string> _files = [];
    private readonly List<VrrpConfiguration> _configurations = [];

    /// <summary>The configuration file of each node, with wildcards: JSON or keepalived.conf.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ParameterSets.Path)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConfigurationPathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>The configuration file of each node, their names taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Configurations or instances. The second one of the same virtual router belongs to the second node, and so on, unless -NodeName says otherwise.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.Configuration)]
    public VrrpConfiguration[] Configuration { get; set; } = [];

    /// <summary>The name of the node that each file, or each configuration, belongs to, in their order; the files' names without it.</summary>
    [Parameter]
    public string[] NodeName { get; set; } = [];

    /// <summary>Says where the configurations leave the RFC, too, as warnings whose codes begin with Strict.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsLinux => false;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (ParameterSetName is ParameterSets.Configuration)
        {
            _configurations.AddRange(Configuration);
            return;
        }

        bool literal = ParameterSetName is ParameterSets.LiteralPath;
        _files.AddRange(FileResolver.Resolve(this, literal ? LiteralPath : Path, literal));
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        int given = ParameterSetName is ParameterSets.Configuration ? _configurations.Count : _files.Count;
        if (given == 0)
        {
            return;
        }

        if (NodeName.Length > 0 && NodeName.Length != given)
        {
            throw VrrpErrors.InvalidConfiguration($"There are {NodeName.Length} node names for {given} configurations. Give one for each, or none.", NodeName.Length);
        }

        var nodes = ParameterSetName is ParameterSets.Configuration ? Sort() : Read();
        foreach (var finding in ConfigurationLint.Run(nodes, inSession: true, strict: Strict))
        {
            WriteObject(finding);
        }
    }

    private List<NodeConfiguration> Read()
    {
        var names = NodeName.Length > 0 ? NodeName : NodeFile.Names(_files);
        var nodes = new List<NodeConfiguration>();
        for (int i = 0; i < _files.Count; i++)
        {
            var file = NodeFile.Read(_files[i], names[i]);
            WriteObject(file.Findings, enumerateCollection: true);
            if (file.Node.Instances.Count > 0)
            {
                nodes.Add(file.Node);
            }
        }

        return nodes;
    }

    private List<NodeConfiguration> Sort()
    {
        // Two of the same virtual router cannot run on one node, so each is another node's.
        var counts = new Dictionary<(string, int, Protocol.AddressFamily), int>();
        var named = _configurations.Select((configuration, position) =>
        {
            var key = (configuration.InterfaceName, configuration.VirtualRouterId, configuration.AddressFamily);
            counts[key] = counts.GetValueOrDefault(key) + 1;
            return (Node: NodeName.Length > 0 ? NodeName[position] : $"node{counts[key]}", configuration.Configuration);
        }).ToArray();
        return [.. named
            .GroupBy(static item => item.Node, StringComparer.Ordinal)
            .Select(static node => new NodeConfiguration(node.Key, node.Select(static item => item.Configuration).ToVrrpList()))];
    }
}
