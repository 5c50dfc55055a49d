using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Tests.Report;

/// <summary>A failover as the commands would have seen it, at times that never change.</summary>
internal static class Samples
{
    /// <summary>Noon on the clock of the machine that runs the test: times are shown as its reader's clock has them.</summary>
    public static readonly DateTimeOffset Noon = new(new DateTime(2026, 11, 29, 12, 0, 0, DateTimeKind.Local));

    public static VipMeasurement Measurement(int outages = 1) => new()
    {
        VirtualIPAddress = "192.0.2.250",
        Method = VipProbeMethod.Ping,
        Start = Noon,
        End = Noon.AddSeconds(10),
        Duration = TimeSpan.FromSeconds(10),
        Interval = TimeSpan.FromMilliseconds(10),
        Timeout = TimeSpan.FromMilliseconds(250),
        Sent = 1000,
        Answered = 1000 - (outages * 322),
        Outage = [.. Enumerable.Range(0, outages).Select(_ => Outage())],
        OutageCount = outages,
        LongestOutage = outages > 0 ? TimeSpan.FromSeconds(3.22) : default,
        TotalOutage = TimeSpan.FromSeconds(3.22 * outages),
        MasterChange =
        [
            new VipMasterChange { Time = Noon, MasterAfter = "192.0.2.1", MacAddressAfter = "02:00:00:00:00:01" },
            new VipMasterChange { Time = Noon.AddSeconds(6.22), MasterBefore = "192.0.2.1", MasterAfter = "192.0.2.2", MacAddressAfter = "02:00:00:00:00:02" },
        ],
        MasterBefore = "192.0.2.1",
        MasterAfter = "192.0.2.2",
        Latency = TimeSpan.FromMilliseconds(0.2),
        LongestLatency = TimeSpan.FromMilliseconds(1.5),
        Skipped = 0,
        Lateness = TimeSpan.FromMilliseconds(0.1),
    };

    public static VipOutage Outage() => new()
    {
        VirtualIPAddress = "192.0.2.250",
        Start = Noon.AddSeconds(3),
        End = Noon.AddSeconds(6.22),
        Duration = TimeSpan.FromSeconds(3.22),
        Uncertainty = TimeSpan.FromMilliseconds(10),
        Lost = 322,
        Symptom = "no answer",
        MasterBefore = "192.0.2.1",
        MasterAfter = "192.0.2.2",
    };

    public static VrrpState State(string name = "web", RouterState state = RouterState.Master) => new()
    {
        Name = name,
        InterfaceName = "eth0",
        VirtualRouterId = 41,
        AddressFamily = AddressFamily.IPv4,
        Version = 3,
        State = state,
        Priority = 100,
        BasePriority = 100,
        MasterAddress = "192.0.2.2",
        VirtualIPAddress = [new VrrpAddressState { IPAddress = "192.0.2.250", PrefixLength = 24, InterfaceName = "eth0", Advertised = true, Bound = state == RouterState.Master }],
        StatusMessage = "The Master 192.0.2.1 was silent for 3.22 s.",
        LastTransition = Noon.AddSeconds(6.2),
        MasterDownInterval = TimeSpan.FromSeconds(3.2),
        SkewTime = TimeSpan.FromSeconds(0.2),
        CapturedAt = Noon.AddSeconds(10),
    };

    public static VrrpTransition Transition(string name = "web", double seconds = 6.2, RouterState from = RouterState.Backup, RouterState to = RouterState.Master) => new()
    {
        Time = Noon.AddSeconds(seconds),
        Name = name,
        FromState = from,
        ToState = to,
        Event = LastEvent.MasterTimeout,
        Reason = "The Master 192.0.2.1 was silent for 3.22 s.",
        Priority = 100,
        AddressFamily = AddressFamily.IPv4,
    };

    public static VrrpAdvert Advert(double seconds, string source = "192.0.2.1", int priority = 200) => new()
    {
        Timestamp = Noon.AddSeconds(seconds),
        Direction = AdvertDirection.Received,
        InterfaceName = "eth0",
        AddressFamily = AddressFamily.IPv4,
        SourceAddress = source,
        DestinationAddress = "224.0.0.18",
        TimeToLive = 255,
        Version = 3,
        VirtualRouterId = 41,
        Priority = priority,
        AdvertisementInterval = TimeSpan.FromSeconds(1),
        VirtualIPAddress = ["192.0.2.250"],
        ChecksumValid = true,
    };
}
