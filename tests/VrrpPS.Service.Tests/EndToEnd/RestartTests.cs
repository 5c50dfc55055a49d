using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Tool.Lab;
using Xunit;

namespace VrrpPS.Service.Tests.EndToEnd;

/// <summary>The service is restarted, as an upgrade does it: SIGTERM, and the next one started.</summary>
[Trait("Lane", "Namespace")]
[Collection(EndToEndCollection.Name)]
public sealed class RestartTests : IDisposable
{
    private const string Vip = "192.0.2.1";
    private const long Margin = 5 * Clock.Millisecond;

    private readonly DirectoryInfo _directory;

    public RestartTests(NamespaceFixture fixture)
    {
        Assert.SkipUnless(fixture.SkipReason is null, fixture.SkipReason ?? string.Empty);
        _directory = Directory.CreateTempSubdirectory("vrrpps-test-");
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Restart_of_the_Master_beside_a_backup_costs_no_ping()
    {
        await using var right = Start("right", 100);
        await right.WaitForStateAsync("web", "Master");
        await using var left = Start("left", 200);
        await left.WaitForStateAsync("web", "Master");
        await right.WaitForAsync(() => right.Events.Count(static line => line.To == "Backup") == 2);

        // A client that asks who has the address while both have it may hear the wrong one.
        while (NamespaceFixture.AddressesOf("right").Contains(Vip))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        using var control = new Bench.Measure.Control();
        using var client = NetworkNamespace.Open(LabNames.Of(LabNetwork.ClientRole));
        using var pings = new PingSender(client, [System.Net.IPAddress.Parse(Vip)]);
        await PassAsync(pings, 100);
        long from = Clock.Now;

        Assert.Equal(0, await left.StopAsync());
        await using var next = Start("left", 200);
        await next.WaitForStateAsync("web", "Master");
        await right.WaitForAsync(() => right.Events.Count(static line => line.To == "Backup") == 3);
        await PassAsync(pings, 300);

        long to = Clock.Now;
        await PassAsync(pings, (PingLog.AnswerBound / Clock.Millisecond) + 50);
        pings.Dispose();
        Assert.DoesNotContain(pings.Log.Lost(from, to), at => !control.WasLate(at - Margin, at + Margin));
        Assert.Equal(0, await next.StopAsync());
    }

    private static async Task PassAsync(PingSender pings, long count)
    {
        long until = pings.Log.Count + count;
        while (pings.Log.Count < until)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private ServiceProcess Start(string host, int priority)
    {
        string configuration = Path.Combine(_directory.FullName, $"{host}.conf");
        File.WriteAllText(configuration, $$"""
            vrrp_instance web {
                interface eth0
                virtual_router_id 51
                priority {{priority}}
                version 3
                advert_int 0.2
                virtual_ipaddress {
                    {{Vip}}/24
                }
            }

            """);
        return ServiceProcess.Start(
            "run", "--config", configuration, "--namespace", NamespaceFixture.NamespaceOf(host), "--socket", Path.Combine(_directory.FullName, $"{host}.sock"), "--events", "json");
    }
}
