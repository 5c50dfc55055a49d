using System.Buffers.Binary;
using System.Net;
using VrrpPS.Engine.Configuration;

namespace VrrpPS.Tool.Lab;

/// <summary>One node as planned.</summary>
/// <param name="Name">The file's name without its ending: <c>node1</c>.</param>
/// <param name="ConfigurationText">The configuration as it stands in the file.</param>
/// <param name="Instance">The instance that is watched, the first of the file.</param>
/// <param name="Address">The node's own address, in the VIP's subnet.</param>
internal sealed record LabNodePlan(string Name, string ConfigurationText, InstanceConfiguration Instance, IPAddress Address)
{
    /// <summary>What the election goes by: the priority, then the address (RFC 9568 section 6.4.3).</summary>
    public (int Priority, uint Address) Rank => (Instance.Priority, BinaryPrimitives.ReadUInt32BigEndian(Address.GetAddressBytes()));
}
