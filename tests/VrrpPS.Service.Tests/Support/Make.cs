using VrrpPS.Engine.Configuration;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

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

    public static VrrpState State(string name, RouterState state, string? master = null) => new()
    {
        Name = name,
        InterfaceName = "eth0",
        VirtualRouterId = 41,
        AddressFamily = AddressFamily.IPv4,
        Version = 3,
        State = state,
        Priority = 100,
        BasePriority = 100,
        MasterAddress = master,
        VirtualIPAddress = [],
        StatusMessage = string.Empty,
        MasterDownInterval = TimeSpan.FromSeconds(3),
        SkewTime = TimeSpan.Zero,
        CapturedAt = DateTimeOffset.UnixEpoch,
    };

    public static VrrpEvent Transition(string name, string reason = "silent", string? master = null) => new()
    {
        Time = DateTimeOffset.UnixEpoch,
        Name = name,
        Kind = VrrpEventKind.Transition,
        Message = reason,
        Transition = new VrrpTransition
        {
            Time = DateTimeOffset.UnixEpoch,
            Name = name,
            FromState = RouterState.Backup,
            ToState = RouterState.Master,
            Event = LastEvent.MasterTimeout,
            Reason = reason,
            Priority = 120,
            MasterAddress = master,
            AddressFamily = AddressFamily.IPv4,
        },
    };
}
