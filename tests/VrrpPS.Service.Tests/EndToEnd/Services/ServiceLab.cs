using System.Net;
using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Tool.Lab;
using VrrpPS.Service.Native;
using Xunit;

namespace VrrpPS.Service.Tests.EndToEnd.Services;

/// <summary>The scenario with services: three namespaces, three <c>vrrpps run</c>, and a web server on each node; made once for its tests.</summary>
public sealed class ServiceLab : IAsyncLifetime
{
    private const string Site = "svc-";

    private readonly List<IDisposable> _parts = [];
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vrrpps-test-");
    private OwnerWatch? _owners;
    private NetworkNamespace? _client;

    /// <summary>The virtual address.</summary>
    internal string Address { get; private set; } = string.Empty;

    /// <summary>Who has it.</summary>
    internal OwnerWatch Owners => _owners ?? throw new InvalidOperationException("The lab could not be built.");

    /// <summary>The nodes in the order of their priorities: while all run, the first is Master.</summary>
    internal IReadOnlyList<ServiceNode> Nodes { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (ProcessNative.GetEffectiveUserId() != 0)
        {
            // The collection's fixture tells, and its tests are skipped.
            return;
        }

        var plan = LabPlan.Create(LabScenario.Load(directory: null, TextWriter.Null));
        Address = plan.VirtualAddress.ToString();
        try
        {
            _parts.Add(LabNetwork.Build(plan, Site));
        }
        catch (Engine.Linux.KernelException)
        {
            return;
        }

        NetworkNamespace[] hosts = [.. plan.Nodes.Select(static node => NetworkNamespace.Open(LabNames.Of(Site + node.Name)))];
        _client = NetworkNamespace.Open(LabNames.Of(Site + LabNetwork.ClientRole));
        _parts.AddRange([.. hosts, _client]);
        _owners = new OwnerWatch(hosts);
        _parts.Add(_owners);
        _parts.AddRange(hosts.Select(static host => new HttpServer(host, IPAddress.Any)));
        Nodes = [.. plan.Nodes.Select(node => new ServiceNode(node, Site, _directory.FullName))];
        await Task.WhenAll(Nodes.Select(static node => node.StartAsync()));
        await SettleAsync();
    }

    /// <summary>Waits until the first node alone has the address and every other one hears it.</summary>
    internal async Task SettleAsync()
    {
        Owners.WaitForOwners(Address, 0);
        await Task.WhenAll(Nodes.Skip(1).Select(node => node.WaitForMasterOfPriorityAsync(Nodes[0].Priority)));
        Owners.WaitForOwners(Address, 0);
    }

    /// <summary>Starts the client.</summary>
    internal LabClient StartClient() => new(_client!, Address, Owners);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes.Reverse())
        {
            await node.DisposeAsync();
        }

        foreach (var part in Enumerable.Reverse(_parts))
        {
            part.Dispose();
        }

        _directory.Delete(recursive: true);
    }
}
