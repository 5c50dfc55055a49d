using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Tool.State;
using Xunit;

namespace VrrpPS.Service.Tests.State;

public sealed class StateTableTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_master_is_one_line_under_the_header()
    {
        var lines = StateTable.Lines([Make("web") with { LastTransition = s_now - TimeSpan.FromMinutes(65) }]);

        Assert.Equal(
            [
                "INSTANCE  STATE   PRIO  MASTER     SINCE  INTERFACE  VRID  ADDRESSES",
                "web       Master  100   this node  1h5m   eth0       51    192.0.2.1/24",
            ],
            lines);
    }

    [Fact]
    public void What_is_wrong_stands_below_and_what_is_not_bound_in_brackets()
    {
        var lines = StateTable.Lines([Make("web") with
        {
            State = RouterState.Fault,
            Priority = 80,
            MasterAddress = "192.0.2.7",
            MasterPriority = 200,
            NetworkNamespace = "blue",
            VirtualIPAddress = [new VrrpAddressState { IPAddress = "192.0.2.1", PrefixLength = 24, InterfaceName = "eth0" }],
            FaultReason = ["eth0 is down"],
            Warning = ["two Masters"],
            Tracker = [new VrrpTrackerState { Name = "check", Kind = TrackerKind.Script, Target = "/bin/false", Status = TrackerStatus.Down, Effect = "-20", Output = "no answer" }],
        }]);

        Assert.StartsWith("web@blue  Fault  80/100  192.0.2.7 (200)", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("(192.0.2.1/24)", lines[1], StringComparison.Ordinal);
        Assert.Equal(["  ! eth0 is down", "  ! two Masters", "  ! check check=Down (-20): no answer"], lines.Skip(2));
    }

    private static VrrpState Make(string name) => new()
    {
        Name = name,
        InterfaceName = "eth0",
        VirtualRouterId = 51,
        AddressFamily = AddressFamily.IPv4,
        Version = 3,
        State = RouterState.Master,
        Priority = 100,
        BasePriority = 100,
        VirtualIPAddress = [new VrrpAddressState { IPAddress = "192.0.2.1", PrefixLength = 24, InterfaceName = "eth0", Bound = true }],
        StatusMessage = "No Master was heard.",
        MasterDownInterval = TimeSpan.FromSeconds(3),
        SkewTime = TimeSpan.FromSeconds(0.5),
        CapturedAt = s_now,
    };
}
