using VrrpPS.Engine.Linux;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux;

public sealed class SleepDetectorTests
{
    private Instant _monotonic = new(1_000_000_000);
    private Instant _boot = new(5_000_000_000);

    [Fact]
    public void A_suspend_is_noticed_once_with_its_length()
    {
        var detector = Make();
        _monotonic += 1_000_000_000;
        _boot += 1_000_000_000;
        Assert.Equal(0, detector.Look());

        _boot += 7_000_000_000;
        Assert.Equal(7_000_000_000, detector.Look());
        Assert.Equal(0, detector.Look());
    }

    [Fact]
    public void A_process_that_merely_stood_still_did_not_sleep()
    {
        var detector = Make();
        _monotonic += 60_000_000_000;
        _boot += 60_000_000_000;
        Assert.Equal(0, detector.Look());
    }

    [Fact]
    public void The_real_clocks_agree_while_the_machine_is_awake() => Assert.Equal(0, new SleepDetector().Look());

    private SleepDetector Make() => new(() => _monotonic, () => _boot);
}
