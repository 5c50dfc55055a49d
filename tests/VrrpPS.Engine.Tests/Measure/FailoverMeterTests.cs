using System.Net;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Measure;
using VrrpPS.Engine.Tests.Probe;
using VrrpPS.Engine.Tests.Watch;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Measure;

[Trait("Lane", "Namespace")]
public sealed class FailoverMeterTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void An_address_that_moves_to_another_host_after_a_while_is_one_outage_with_both_holders()
    {
        using var lab = new WatchLab();
        var (here, one, two) = (lab.AddNode(), lab.AddNode(), lab.AddNode());
        one.AddAddress("10.0.0.100", 32);
        using var meter = Start(here, "10.0.0.100");
        Assert.True(Until(() => meter.Progress.Sent > 10), "no answer at the beginning");

        one.RemoveAddress("10.0.0.100", 32);
        Assert.True(Until(() => meter.Progress.DownFor is not null), "the outage was not noticed");
        two.AddAddress("10.0.0.100", 32);
        two.Announce("10.0.0.100");
        here.ForgetNeighbours();
        Assert.True(Until(() => meter.Progress is { DownFor: null, Outages: 1 }), "the end of the outage was not noticed");
        Assert.True(Until(() => meter.Progress.Master == two.Mac.ToString()), "the new holder was not seen");

        var measured = meter.Stop();

        var outage = Assert.Single(measured.Outage);
        Assert.Equal(1, measured.OutageCount);
        Assert.Equal(one.Mac.ToString(), outage.MasterBefore);
        Assert.Equal(two.Mac.ToString(), outage.MasterAfter);
        Assert.False(outage.IsOngoing);
        Assert.Equal(outage.Lost, measured.Lost);
        Assert.InRange(outage.Duration, TimeSpan.FromMilliseconds(10), measured.Duration);
        Assert.Equal([null, one.Mac.ToString()], measured.MasterChange.Select(static change => change.MasterBefore));
        Assert.InRange(outage.Announced!.Value, outage.Start, outage.End!.Value);
        Assert.Equal("eth0", measured.InterfaceName);
        Assert.InRange(measured.Latency!.Value, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(250));
        Assert.True(meter.Outages.TryRead(out var told));
        Assert.Equal(outage, told);
    }

    [Fact]
    public void An_address_that_always_answers_has_no_outage_over_IPv6_too()
    {
        using var lab = new WatchLab();
        var (here, owner) = (lab.AddNode(), lab.AddNode());
        here.AddAddress("fd00::1", 64);
        owner.AddAddress("fd00::2", 64);
        owner.AddAddress("fd00::100", 128);
        using var meter = Start(here, "fd00::100");
        Assert.True(Until(() => meter.Progress.Sent > 20), "no answer");

        var measured = meter.Stop();

        Assert.Equal(0, measured.Lost);
        Assert.Empty(measured.Outage);
        Assert.Equal(owner.Mac.ToString(), measured.MasterAfter);
        Assert.Equal(TimeSpan.Zero, measured.LongestOutage);
    }

    [Fact]
    public void An_address_that_nobody_has_is_one_outage_that_goes_on()
    {
        using var lab = new WatchLab();
        var here = lab.AddNode();
        using var meter = Start(here, "10.0.0.100");
        Assert.True(Until(() => meter.Progress.Lost > 3), "nothing was given up");

        var measured = meter.Stop();

        Assert.Equal(measured.Sent, measured.Lost);
        Assert.True(Assert.Single(measured.Outage).IsOngoing);
        Assert.Null(measured.MasterAfter);
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(503, "HTTP status 503")]
    public void A_service_is_asked_by_http(int status, string? symptom)
    {
        using var lab = new WatchLab();
        var (here, owner) = (lab.AddNode(), lab.AddNode());
        using var service = new LabService(owner.Namespace, IPAddress.Any, status);
        using var meter = Start(here, owner.Address, options => options with { Uri = new Uri($"http://www.example.org:{service.Port}/"), Timeout = TimeSpan.FromSeconds(5) });
        Assert.True(Until(() => meter.Progress.Sent > 5), "no answer");

        var measured = meter.Stop();

        Assert.Equal(VipProbeMethod.Http, measured.Method);
        Assert.Equal(symptom, measured.Outage.Count == 0 ? null : measured.Outage[0].Symptom);
        Assert.Equal(symptom is null ? 0 : measured.Sent, measured.Lost);
    }

    [Fact]
    public void A_closed_port_is_refused_and_an_open_one_answers()
    {
        using var lab = new WatchLab();
        var (here, owner) = (lab.AddNode(), lab.AddNode());
        int port;
        using (var service = new LabService(owner.Namespace, IPAddress.Any, 200))
        {
            port = service.Port;
            using var open = Start(here, owner.Address, options => options with { Port = port, Timeout = TimeSpan.FromSeconds(5) });
            Assert.True(Until(() => open.Progress.Sent > 5), "no answer");
            Assert.Equal(0, open.Stop().Lost);
        }

        using var meter = Start(here, owner.Address, options => options with { Port = port, Timeout = TimeSpan.FromSeconds(5) });
        Assert.True(Until(() => meter.Progress.Lost > 3), "no refusal");
        Assert.Equal("connection refused", meter.Stop().Outage[0].Symptom);
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        using var lab = new WatchLab();
        var here = lab.AddNode();
        Assert.Equal(ErrorIds.InterfaceNotFound, Assert.Throws<VrrpException>(() => Start(here, "10.0.0.1", o => o with { InterfaceName = "nosuch" })).ErrorId);
        Assert.Equal(ErrorIds.InvalidAddress, Assert.Throws<VrrpException>(() => Start(here, "10.0.0.1", o => o with { Uri = new Uri("ftp://10.0.0.1/") })).ErrorId);
        Assert.Equal(ErrorIds.NamespaceNotFound, Assert.Throws<VrrpException>(() => Start(here, "10.0.0.1", o => o with { NetworkNamespace = "vrrpps-nosuch" })).ErrorId);
    }

    private static FailoverMeter Start(WatchLabNode node, string address, Func<FailoverMeterOptions, FailoverMeterOptions>? change = null)
    {
        var options = new FailoverMeterOptions { Address = InetAddress.Parse(address), NetworkNamespace = node.Namespace.Name };
        return FailoverMeter.Start(change?.Invoke(options) ?? options);
    }

    private static bool Until(Func<bool> condition) => SpinWait.SpinUntil(condition, s_patience);
}
