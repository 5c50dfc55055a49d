using System.Net;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Tool.Lab;

/// <summary>The lab on paper: which nodes, with which addresses, and what the client asks for.</summary>
internal sealed record LabPlan
{
    /// <summary>The port of the echo service on every node, like a NodePort.</summary>
    public const int Port = 32463;

    /// <summary>What the client asks the service for.</summary>
    public const string RequestPath = "/abc";

    /// <summary>The prefix length of everybody's address.</summary>
    public const byte PrefixLength = 24;

    // The scenario's own addresses first: node1 .203, node2 .201, node3 .202.
    private static readonly byte[] s_hosts = [203, 201, 202, 204, 205, 206, 207, 208];
    private const byte ClientHost = 100;

    /// <summary>The nodes in the order of their names.</summary>
    public required IReadOnlyList<LabNodePlan> Nodes { get; init; }

    /// <summary>The address the client uses.</summary>
    public required IPAddress VirtualAddress { get; init; }

    /// <summary>The client's own address.</summary>
    public required IPAddress ClientAddress { get; init; }

    /// <summary>Plans a lab.</summary>
    /// <param name="files">Name, text and instances of each node's configuration, in order.</param>
    /// <exception cref="VrrpException"><see cref="ErrorIds.LabUnusable"/>: the configurations do not make a lab.</exception>
    public static LabPlan Create(IReadOnlyList<LabConfiguration> files)
    {
        if (files.Count is < 2 or > 8)
        {
            throw VrrpErrors.LabUnusable($"it takes 2 to 8 node configurations and there are {files.Count}");
        }

        foreach (var file in files)
        {
            Require(file.Instances.Count > 0, file, "has no instance");
            Require(file.Instances[0].AddressFamily == AddressFamily.IPv4, file, "is not about IPv4, the only family the lab's client speaks");
            Require(file.Instances.All(i => i.InterfaceName == file.Instances[0].InterfaceName), file, "uses more than one interface");
            Require(file.Instances[0].VirtualAddresses.Count > 0, file, "has no virtual address");
        }

        var first = files[0].Instances[0];
        var virtualAddress = first.VirtualAddresses[0].Address;
        foreach (var file in files)
        {
            Require(file.Instances[0].VirtualAddresses.Any(a => a.Address == virtualAddress), file, $"does not hold {virtualAddress}, the address of {files[0].Name}");
        }

        var vip = IPAddress.Parse(virtualAddress.ToString());
        var last = vip.GetAddressBytes()[3];
        var hosts = s_hosts.Where(h => h != last).ToArray();
        return new LabPlan
        {
            VirtualAddress = vip,
            ClientAddress = Host(vip, last == ClientHost ? (byte)(ClientHost + 1) : ClientHost),
            Nodes = [.. files.Take(hosts.Length).Select((f, i) => new LabNodePlan(f.Name, f.Text, f.Instances[0], Host(vip, hosts[i])))],
        };
    }

    private static void Require(bool condition, LabConfiguration file, string complaint)
    {
        if (!condition)
        {
            throw VrrpErrors.LabUnusable($"'{file.Name}' {complaint}");
        }
    }

    private static IPAddress Host(IPAddress network, byte host)
    {
        var bytes = network.GetAddressBytes();
        bytes[3] = host;
        return new IPAddress(bytes);
    }
}
