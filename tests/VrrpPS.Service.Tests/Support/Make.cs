using VrrpPS.Engine.Configuration;
using VrrpPS.Protocol;

namespace VrrpPS.Service.Tests.Support;

/// <summary>Values for tests.</summary>
internal static class Make
{
    public static InstanceConfiguration Instance(string name, int virtualRouterId = 41, int priority = 100) => new()
    {
        Name = name,
        InterfaceName = "eth0",
        VirtualRouterId = virtualRouterId,
        AddressFamily = AddressFamily.IPv4,
        VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24")],
        Priority = priority,
    };
}
