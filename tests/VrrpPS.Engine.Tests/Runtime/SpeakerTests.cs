using System.Globalization;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>One speaker per virtual router and interface, and what a start is refused for.</summary>
[Trait("Lane", "Namespace")]
public sealed class SpeakerTests
{
    [Fact]
    public async Task Second_instance_of_a_virtual_router_in_one_engine_is_refused_by_name()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        var refusal = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, cluster.Configuration(0, 100) with { Name = "second" }));
        Assert.Equal(ErrorIds.VirtualRouterInUse, refusal.ErrorId);
        Assert.Contains("h0-", refusal.Message, StringComparison.Ordinal);
        Assert.Single(cluster.Engine(0).GetStates());

        var exists = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, cluster.Configuration(0, 100) with { VirtualRouterId = 42 }));
        Assert.Equal(ErrorIds.InstanceExists, exists.ErrorId);
    }

    [Fact]
    public async Task Virtual_router_held_by_another_process_is_refused_by_its_number()
    {
        using var cluster = new Cluster(1);
        using var process = TestProcess.Start(cluster.Network[0], "lock", "41");
        try
        {
            var refusal = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, cluster.Configuration(0, 200)));
            Assert.Equal(ErrorIds.VirtualRouterInUse, refusal.ErrorId);
            Assert.Contains(process.Id.ToString(CultureInfo.InvariantCulture), refusal.Message, StringComparison.Ordinal);
            Assert.Empty(cluster.Engine(0).GetStates());

            // The other family is another virtual router.
            await cluster.StartAsync(0, cluster.Configuration(0, 200, AddressFamily.IPv6));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }

        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
    }

    [Fact]
    public async Task Virtual_router_found_taken_when_the_interface_returns_is_tried_until_it_is_free()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        Rename(host, "away0");
        cluster.WaitFor(0, RouterState.Fault);
        Rename(host, TestHost.InterfaceName, up: false);
        cluster.WaitFor(0, RouterState.Fault);
        Rename(host, "away0");
        Eventually.True(() => cluster.State(0).FaultReason.Contains("waiting for interface eth0 to appear"), "the engine sees the interface gone");
        using var process = TestProcess.Start(host, "lock", "41", "away0");
        try
        {
            Rename(host, TestHost.InterfaceName);
            Eventually.True(
                () => cluster.State(0).FaultReason.Any(static reason => reason.Contains("another speaker", StringComparison.Ordinal)), "the engine finds its virtual router taken");
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }

        cluster.WaitFor(0, RouterState.Master);
    }

    [Fact]
    public async Task Address_that_another_process_serves_is_refused_and_not_swept()
    {
        using var cluster = new Cluster(1);
        using var process = EngineProcess.Start(cluster.Network[0], 200, 10, lease: 3600);
        process.WaitFor("-> Master");
        var configuration = cluster.Configuration(0, 200) with { VirtualRouterId = 42 };
        var refusal = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, configuration));
        Assert.Equal(ErrorIds.InvalidAddress, refusal.ErrorId);
        Assert.Contains(Cluster.Vip, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"process {process.Id} (", refusal.Message, StringComparison.Ordinal);
        Assert.True(cluster.Network[0].Has(InetAddress.Parse(Cluster.Vip)));

        var other = configuration with { VirtualAddresses = [new VirtualAddress(InetAddress.Parse("192.0.2.101"), 24)] };
        await cluster.StartAsync(0, other);
        refusal = await Assert.ThrowsAsync<VrrpException>(() => cluster.ApplyAsync(0, configuration));
        Assert.Equal(ErrorIds.InvalidAddress, refusal.ErrorId);
        process.Kill();
        await cluster.ApplyAsync(0, configuration);
        await cluster.ApplyAsync(0, other);
    }

    [Fact]
    public async Task Keepalived_whose_configuration_is_a_pipe_holds_no_start_up()
    {
        using var cluster = new Cluster(1);
        string directory = Directory.CreateTempSubdirectory("vrrpps-").FullName;
        try
        {
            string pipe = Path.Combine(directory, "pipe");
            Assert.Equal(0, cluster.Network[0].Execute("mkfifo", string.Empty, pipe).ExitCode);
            string program = Path.Combine(directory, "keepalived");
            await File.WriteAllTextAsync(program, $"#!/bin/sh\nread line < '{pipe}'\n", TestContext.Current.CancellationToken);
            Assert.Equal(0, cluster.Network[0].Execute("chmod", string.Empty, "700", program).ExitCode);
            using var keepalived = cluster.Network[0].Start(program, null, "-f", pipe);
            try
            {
                Eventually.True(() => cluster.Network[0].Run(VrrpPS.Engine.Linux.LocalKeepalived.Find).Count == 1, "the process is found");
                await cluster.StartAsync(0, cluster.Configuration(0, 200)).WaitAsync(Eventually.DefaultBound, TestContext.Current.CancellationToken);
            }
            finally
            {
                keepalived.Kill();
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Keepalived_with_the_same_virtual_router_is_refused_as_long_as_it_runs()
    {
        using var cluster = new Cluster(1);
        var own = cluster.Configuration(0, 200);
        string directory = Directory.CreateTempSubdirectory("vrrpps-").FullName;
        try
        {
            string program = Path.Combine(directory, "keepalived"), file = Path.Combine(directory, "keepalived.conf");
            await File.WriteAllTextAsync(program, "#!/bin/sh\nexec 0<&-\nwhile sleep 0.05; do :; done\n", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                file,
                $"vrrp_instance other {{\n interface {own.InterfaceName}\n virtual_router_id {own.VirtualRouterId}\n virtual_ipaddress {{\n 192.0.2.77\n }}\n}}\n",
                TestContext.Current.CancellationToken);
            Assert.Equal(0, cluster.Network[0].Execute("chmod", string.Empty, "700", program).ExitCode);
            using (var keepalived = cluster.Network[0].Start(program, null, "-f", file))
            {
                Eventually.True(() => cluster.Network[0].Run(VrrpPS.Engine.Linux.LocalKeepalived.Find).Count == 1, "the process is found");
                for (int i = 0; i < 2; i++)
                {
                    var refusal = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, own));
                    Assert.Equal(ErrorIds.VirtualRouterInUse, refusal.ErrorId);
                    Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
                }

                // Another one is none of its business.
                await cluster.StartAsync(0, own with { Name = "beside", VirtualRouterId = own.VirtualRouterId + 1, VirtualAddresses = [new VirtualAddress(InetAddress.Parse("192.0.2.78"), 24)] });
                keepalived.Kill();
            }

            Eventually.True(() => cluster.Network[0].Run(VrrpPS.Engine.Linux.LocalKeepalived.Find).Count == 0, "the process is gone");
            await cluster.StartAsync(0, own);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Namespace_that_does_not_exist_is_named()
    {
        using var cluster = new Cluster(1);
        var refusal = await Assert.ThrowsAsync<VrrpException>(
            () => cluster.StartAsync(0, cluster.Configuration(0, 200) with { NetworkNamespace = "vrrpps-no-such" }));
        Assert.Equal(ErrorIds.NamespaceNotFound, refusal.ErrorId);
        Assert.Contains("vrrpps-no-such", refusal.Message, StringComparison.Ordinal);

        // And the engine is as good as new.
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
    }

    [Fact]
    public async Task List_that_does_not_fit_the_interface_is_refused_before_anything_is_opened()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        host.Netlink(netlink => netlink.SetLinkMtu(host.InterfaceIndex, 1280));
        var addresses = Enumerable.Range(1, 100)
            .Select(static i => new VirtualAddress(InetAddress.Parse($"2001:db8:1::{i:x}"), 128))
            .Prepend(new VirtualAddress(InetAddress.Parse("fe80::100"), 128))
            .ToVrrpList();
        var refusal = await Assert.ThrowsAsync<VrrpException>(
            () => cluster.StartAsync(0, cluster.Configuration(0, 200, AddressFamily.IPv6) with { VirtualAddresses = addresses }));
        Assert.Equal(ErrorIds.TooManyAddresses, refusal.ErrorId);
        Assert.Empty(cluster.Engine(0).GetStates());
        await cluster.StartAsync(0, cluster.Configuration(0, 200, AddressFamily.IPv6));
    }

    [Fact]
    public async Task What_does_not_run_cannot_be_stopped_changed_or_resumed()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        var engine = cluster.Engine(0);
        var token = TestContext.Current.CancellationToken;
        foreach (var key in new[] { new InstanceKey("nobody", cluster.Network[0].NamespaceName), new InstanceKey("nobody", "nowhere") })
        {
            Assert.Equal(ErrorIds.InstanceNotFound, (await Assert.ThrowsAsync<VrrpException>(() => engine.StopAsync(key, StopOptions.Default, token))).ErrorId);
            Assert.Equal(ErrorIds.InstanceNotFound, (await Assert.ThrowsAsync<VrrpException>(() => engine.ResumeAsync(key, token))).ErrorId);
            Assert.Equal(
                ErrorIds.InstanceNotFound,
                (await Assert.ThrowsAsync<VrrpException>(() => engine.ApplyAsync(key, cluster.Configuration(0, 1), token))).ErrorId);
        }
    }

    [Fact]
    public async Task Instance_can_be_started_and_stopped_again_and_again_at_once()
    {
        using var cluster = new Cluster(1);
        for (int i = 0; i < 25; i++)
        {
            await cluster.StartAsync(0, cluster.Configuration(0, 200));
            Assert.Single(cluster.Engine(0).GetStates());
            _ = await cluster.StopAsync(0, StopOptions.Immediately);
            Assert.Empty(cluster.Engine(0).GetStates());
        }

        Assert.Equal(50, cluster.Engine(0).GetHistory().Count);
    }

    private static void Rename(TestHost host, string name, bool up = true) => host.Netlink(netlink =>
    {
        netlink.SetLinkDown(host.InterfaceIndex);
        netlink.SetLinkName(host.InterfaceIndex, name);
        if (up)
        {
            netlink.SetLinkUp(host.InterfaceIndex);
        }
    });
}
