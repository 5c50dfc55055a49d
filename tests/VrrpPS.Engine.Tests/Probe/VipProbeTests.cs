using System.Net;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Probe;
using VrrpPS.Engine.Tests.Watch;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Probe;

[Trait("Lane", "Namespace")]
public sealed class VipProbeTests
{
    private const string ChildVariable = "VRRPPS_TEST_PROBE_NAMESPACE";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_address_that_one_host_has_answers()
    {
        using var lab = new WatchLab();
        var (here, owner) = (lab.AddNode(), lab.AddNode());
        owner.AddAddress("10.0.0.100", 32);

        var result = await ProbeAsync(here, "10.0.0.100");

        Assert.Equal("10.0.0.100", result.VirtualIPAddress);
        Assert.True(result.Reachable);
        Assert.True(result.PingSucceeded);
        Assert.Equal(3, result.PingReceived);
        Assert.Equal([owner.Mac.ToString()], result.ResponderMacAddress!);
        Assert.Equal(1, result.ResponderCount);
        Assert.False(result.IsVirtualMac);
        Assert.False(result.IsLocal);
        Assert.Equal("eth0", result.InterfaceName);
        Assert.InRange(result.LatencySeconds!.Value, 0.000_001, 1);
        Assert.Null(result.TcpSucceeded);
        Assert.Null(result.HttpStatus);
        Assert.Empty(result.Problem);
    }

    [Fact]
    public async Task An_IPv6_address_answers_too_link_local_ones_included()
    {
        using var lab = new WatchLab();
        var (here, owner) = (lab.AddNode(), lab.AddNode());
        here.AddAddress("fd00::1", 64);
        owner.AddAddress("fd00::2", 64);
        owner.AddAddress("fd00::100", 128);
        owner.AddAddress("fe80::100", 128);

        foreach (string address in new[] { "fd00::100", "fe80::100" })
        {
            var result = await ProbeAsync(here, address);

            Assert.True(result.PingSucceeded, result.Problem.ToString());
            Assert.Equal([owner.Mac.ToString()], result.ResponderMacAddress!);
            Assert.Empty(result.Problem);
        }
    }

    [Theory]
    [InlineData("10.0.0.100", 32, "ARP")]
    [InlineData("fe80::100", 128, "neighbour discovery")]
    public async Task Two_hosts_with_the_same_address_are_both_seen(string address, byte prefixLength, string protocol)
    {
        using var lab = new WatchLab();
        var (here, one, two) = (lab.AddNode(), lab.AddNode(), lab.AddNode());
        one.AddAddress(address, prefixLength);
        two.AddAddress(address, prefixLength);

        var result = await ProbeAsync(here, address);

        Assert.Equal(2, result.ResponderCount);
        Assert.Equal(new[] { one.Mac.ToString(), two.Mac.ToString() }.Order(), result.ResponderMacAddress!.Order());
        Assert.Contains(VipProblemCode.DuplicateOwner, result.ProblemCode);
        Assert.Contains(result.Problem, text => text.Contains("bound 2 times", StringComparison.Ordinal) && text.Contains(protocol, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_virtual_MAC_address_is_recognized()
    {
        using var lab = new WatchLab();
        var here = lab.AddNode();
        var owner = lab.AddNode(mac: 0x0000_5E00_0133);
        owner.AddAddress("10.0.0.100", 32);

        var result = await ProbeAsync(here, "10.0.0.100");

        Assert.True(result.IsVirtualMac);
        Assert.True(result.Reachable);
        Assert.Equal([VipProblemCode.VirtualMac], result.ProblemCode);
    }

    [Fact]
    public async Task An_address_that_nobody_has_is_named_at_every_step()
    {
        using var lab = new WatchLab();
        var here = lab.AddNode();

        var result = await ProbeAsync(here, "10.0.0.100", options => options with { Port = 80, Count = 1, Timeout = TimeSpan.FromMilliseconds(200) });

        Assert.False(result.Reachable);
        Assert.False(result.PingSucceeded);
        Assert.False(result.TcpSucceeded);
        Assert.Null(result.Latency);
        Assert.Null(result.IsVirtualMac);
        Assert.Equal(0, result.ResponderCount);
        Assert.Equal([VipProblemCode.NoNeighbourAnswer, VipProblemCode.NoPingAnswer, VipProblemCode.TcpTimeout], result.ProblemCode);
    }

    [Fact]
    public async Task An_address_bound_here_is_said_to_be_and_still_probed()
    {
        using var lab = new WatchLab();
        var here = lab.AddNode();
        here.AddAddress("10.0.0.100", 32);

        var result = await ProbeAsync(here, "10.0.0.100", options => options with { InterfaceName = "eth0" });

        Assert.True(result.IsLocal);
        Assert.True(result.Reachable);
        Assert.True(result.PingSucceeded);
        Assert.Null(result.ResponderMacAddress);
        Assert.Equal([VipProblemCode.BoundLocally], result.ProblemCode);
    }

    [Fact]
    public async Task An_address_without_a_route_is_named_and_still_asked_for_on_a_named_interface()
    {
        using var lab = new WatchLab();
        var (here, owner) = (lab.AddNode(addresses: false), lab.AddNode());
        owner.AddAddress("10.0.0.100", 32);

        var without = await ProbeAsync(here, "10.0.0.100");
        var with = await ProbeAsync(here, "10.0.0.100", options => options with { InterfaceName = "eth0" });

        Assert.False(without.Reachable);
        Assert.Null(without.PingSucceeded);
        Assert.Null(without.ResponderCount);
        Assert.Equal([VipProblemCode.NoRoute], without.ProblemCode);
        Assert.Contains("ENETUNREACH", without.Problem[0], StringComparison.Ordinal);
        Assert.Equal([owner.Mac.ToString()], with.ResponderMacAddress!);
    }

    [Fact]
    public async Task Tcp_connects_or_is_refused()
    {
        using var lab = new WatchLab();
        var (here, owner) = (lab.AddNode(), lab.AddNode());
        int closed;
        using (var service = new LabService(owner.Namespace, IPAddress.Any, 200))
        {
            closed = service.Port;
            var open = await ProbeAsync(here, owner.Address, options => options with { Port = service.Port });

            Assert.True(open.TcpSucceeded);
            Assert.True(open.Reachable);
            Assert.Equal(service.Port, open.Port);
            Assert.Empty(open.Problem);
        }

        var refused = await ProbeAsync(here, owner.Address, options => options with { Port = closed });

        Assert.False(refused.TcpSucceeded);
        Assert.False(refused.Reachable);
        Assert.True(refused.PingSucceeded);
        Assert.Equal([VipProblemCode.TcpRefused], refused.ProblemCode);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(302, true)]
    [InlineData(500, false)]
    public async Task Http_shows_the_status(int status, bool reachable)
    {
        using var lab = new WatchLab();
        var (here, owner) = (lab.AddNode(), lab.AddNode());
        using var service = new LabService(owner.Namespace, IPAddress.Any, status);

        // The name resolves nowhere: the connection goes to the virtual address.
        var result = await ProbeAsync(here, owner.Address, options => options with { Uri = new Uri($"http://vip.invalid:{service.Port}/healthz") });

        Assert.Equal(status, result.HttpStatus);
        Assert.Equal(reachable, result.Reachable);
        Assert.Equal(reachable ? [] : [VipProblemCode.HttpStatus], result.ProblemCode.ToArray());
    }

    [Fact]
    public async Task Http_over_IPv6_and_without_an_answer()
    {
        using var lab = new WatchLab();
        var (here, owner) = (lab.AddNode(), lab.AddNode());
        using var good = new LabService(owner.Namespace, IPAddress.IPv6Any, 204);
        using var silent = new LabService(owner.Namespace, IPAddress.IPv6Any, null);

        var answered = await ProbeAsync(here, "fe80::2", options => options with { Uri = new Uri($"http://vip.invalid:{good.Port}/") });
        var hung = await ProbeAsync(here, "fe80::2", options => options with { Uri = new Uri($"http://vip.invalid:{silent.Port}/"), Timeout = TimeSpan.FromMilliseconds(300) });

        Assert.Equal(204, answered.HttpStatus);
        Assert.Null(hung.HttpStatus);
        Assert.False(hung.Reachable);
        Assert.Equal([VipProblemCode.HttpTimeout], hung.ProblemCode);
    }

    [Fact]
    public async Task A_URI_that_is_not_HTTP_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        var options = new VipProbeOptions { Address = InetAddress.Parse("127.0.0.1"), Uri = new Uri("ftp://127.0.0.1/") };

        var error = await Assert.ThrowsAsync<VrrpException>(() => VipProbe.RunAsync(options, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("ftp://127.0.0.1/", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interface_that_does_not_exist_is_refused_by_name()
    {
        using var lab = new WatchLab();
        var here = lab.AddNode();

        var error = await Assert.ThrowsAsync<VrrpException>(() => ProbeAsync(here, "10.0.0.100", static options => options with { InterfaceName = "eth7" }));

        Assert.Equal(ErrorIds.InterfaceNotFound, error.ErrorId);
        Assert.Contains("eth0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_is_immediate()
    {
        using var lab = new WatchLab();
        var here = lab.AddNode();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var options = new VipProbeOptions
        {
            Address = InetAddress.Parse("10.0.0.100"),
            NetworkNamespace = here.Name,
            Timeout = TimeSpan.FromMinutes(10),
        };

        var probing = VipProbe.RunAsync(options, cancellationToken: cancel.Token);

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probing.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        Assert.True(probing.IsCompleted);
    }

    [Fact]
    public void Without_the_capability_the_rest_is_still_tried()
    {
        Assert.SkipUnless(WatchLabProcess.Exists("setpriv"), "setpriv is not installed");
        using var lab = new WatchLab();
        var (here, owner) = (lab.AddNode(), lab.AddNode());
        using var service = new LabService(owner.Namespace, IPAddress.Any, 200);
        string self = Path.Combine(AppContext.BaseDirectory, "VrrpPS.Engine.Tests");

        string output = WatchLabProcess.Run(
            "env",
            $"{ChildVariable}={here.Name} {owner.Address} {service.Port}",
            "setpriv",
            "--bounding-set=-net_raw",
            self,
            "-explicit",
            "only",
            "-method",
            $"{typeof(VipProbeTests).FullName}.{nameof(Child_without_the_capability)}");

        Assert.Matches("Total: 1,.*Failed: 0, Skipped: 0", output);
    }

    [Fact(Explicit = true)]
    public async Task Child_without_the_capability()
    {
        string[]? target = Environment.GetEnvironmentVariable(ChildVariable)?.Split(' ');
        Assert.SkipWhen(target is null, "runs only as the child of another test");
        Assert.Equal(Capabilities.None, ProcessCapabilities.Effective & Capabilities.NetRaw);

        var result = await VipProbe.RunAsync(
            new VipProbeOptions
            {
                Address = InetAddress.Parse(target![1]),
                NetworkNamespace = target[0],
                Port = int.Parse(target[2], System.Globalization.CultureInfo.InvariantCulture),
            },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(result.ResponderCount);
        Assert.Null(result.PingSucceeded);
        Assert.True(result.TcpSucceeded);
        Assert.True(result.Reachable);
        Assert.Equal([VipProblemCode.MissingCapability, VipProblemCode.MissingCapability], result.ProblemCode);
    }

    private static Task<VipReachability> ProbeAsync(WatchLabNode from, string address, Func<VipProbeOptions, VipProbeOptions>? change = null)
    {
        var options = new VipProbeOptions { Address = InetAddress.Parse(address), NetworkNamespace = from.Name };
        return VipProbe.RunAsync(change is null ? options : change(options), cancellationToken: TestContext.Current.CancellationToken);
    }
}
