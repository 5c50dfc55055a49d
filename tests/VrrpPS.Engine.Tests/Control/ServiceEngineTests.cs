using System.Collections.Concurrent;
using System.Reflection;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Control.Changes;
using VrrpPS.Engine.Control.Client;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Control;

/// <summary>The service's engine seen through its socket is the engine itself.</summary>
public sealed class ServiceEngineTests
{
    private static readonly InstanceKey s_web = new("web", null);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_property_comes_back_as_it_is()
    {
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Instance(), Ending);
        await bench.Engine.StartAsync(ControlMake.Instance("two", "blue"), Ending);
        bench.Engine.Elect("web", null, RouterState.Fault, LastEvent.InterfaceDown, "eth0 is \"down\" -> no µ");
        using var service = ServiceEngine.Open(bench.Path);

        AssertSame(bench.Engine.GetStates(), service.GetStates(), nameof(VrrpState.CapturedAt));
        AssertSame(bench.Engine.GetCounters(), service.GetCounters());
        AssertSame(bench.Engine.GetHistory(), service.GetHistory());
        Assert.Equal(bench.Engine.GetConfigurations().Select(SecretMask.Hide), service.GetConfigurations());
    }

    [Fact]
    public async Task Changes_reach_the_engine_and_their_outcome_comes_back()
    {
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Instance(), Ending);
        using var service = ServiceEngine.Open(bench.Path);
        Assert.True(service.MayChange);

        var suspended = await service.SuspendAsync(s_web, StopOptions.Default, Ending);
        await service.ResumeAsync(s_web, Ending);
        var refusal = await Assert.ThrowsAsync<VrrpException>(() => service.MoveAsync(s_web, MoveOptions.Default, Ending));
        bench.Engine.Elect("web", null, RouterState.Master, LastEvent.MasterTimeout, "Elected.");
        await service.AnnounceAsync(s_web, Ending);
        var moved = await service.MoveAsync(s_web, new MoveOptions { HoldFor = TimeSpan.FromSeconds(1.5) }, Ending);
        await service.ClearCountersAsync(s_web, Ending);
        await service.RestartAsync(s_web, StopOptions.Default, Ending);

        Assert.Equal(new StopOutcome(true, "192.0.2.202", TimeSpan.FromMilliseconds(120)), suspended);
        Assert.Equal(ErrorIds.NotMaster, refusal.ErrorId);
        Assert.Equal("web", refusal.Target);
        Assert.Equal("192.0.2.9", moved.Successor);
        Assert.Equal(RouterState.Master, Assert.Single(service.GetStates()).State);
        Assert.Equal(4, (await service.ReloadAsync(Ending)).Unchanged);
        await service.StopAsync(s_web, StopOptions.Immediately, Ending);
        Assert.Empty(service.GetStates());
    }

    [Fact]
    public async Task Set_changes_what_differs_and_keeps_secrets_and_what_others_changed()
    {
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Signed("web"), Ending);
        using var service = ServiceEngine.Open(bench.Path);
        var before = Assert.Single(service.GetConfigurations());
        await bench.Engine.ApplyAsync(s_web, ControlMake.Signed("web") with { StartupDelay = TimeSpan.FromSeconds(7) }, Ending);

        var added = new HmacKey(2, Secret.FromText("another key, which is long enough"));
        await service.ChangeAsync(before, before with { Priority = 42, PreemptDelay = TimeSpan.Zero, Hmac = before.Hmac!.With(added) }, Ending);

        var after = Assert.Single(bench.Engine.GetConfigurations());
        var expected = ControlMake.Signed("web");
        Assert.Equal(
            expected with { Priority = 42, PreemptDelay = TimeSpan.Zero, StartupDelay = TimeSpan.FromSeconds(7), Hmac = expected.Hmac!.With(added) },
            after);
    }

    [Fact]
    public async Task What_set_refuses_changes_nothing()
    {
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Instance(), Ending);
        foreach (string changes in new[] { "{\"prioritaet\":1}", "{\"priority\":999}", "{\"name\":\"other\"}", "{\"virtualAddresses\":[\"::1\"]}", "7" })
        {
            var (_, message, _) = await bench.ErrorAsync($$$"""{"jsonrpc":"2.0","id":1,"method":"set","params":{"name":"web","changes":{{{changes}}}}}""");
            Assert.NotEmpty(message);
        }

        Assert.Equal(ControlMake.Instance(), Assert.Single(bench.Engine.GetConfigurations()));
    }

    [Fact]
    public async Task Events_and_changes_of_state_are_told()
    {
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Instance(), Ending);
        using var service = ServiceEngine.Open(bench.Path);
        var events = new ConcurrentQueue<VrrpEvent>();
        var states = new ConcurrentQueue<RouterState>();
        service.EventRaised += events.Enqueue;

        // Whoever is told may ask.
        service.StateUpdated += () => states.Enqueue(service.GetStates()[0].State);
        bench.Engine.Elect("web", null, RouterState.Backup, LastEvent.HigherPriorityBackup, "Somebody better.");
        bench.Engine.Raise("web", VrrpEventKind.SplitBrain, "Two of us.");

        Eventually.True(() => events.Count >= 2 && states.Contains(RouterState.Backup), "two events and a state");
        Assert.Equal(RouterState.Backup, events.First().Transition!.ToState);
        Assert.Equal((VrrpEventKind.SplitBrain, "Two of us.", true), (events.Last().Kind, events.Last().Message, events.Last().IsWarning));
    }

    [Fact]
    public async Task A_slow_subscriber_loses_events_and_is_told_how_many()
    {
        await using var bench = new ControlBench(static usual => usual with { EventQueueLength = 4 });
        using var client = bench.Connect();
        await client.SendAsync("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscribe\"}\n"u8.ToArray(), Ending);
        byte[] answer = new byte[100];
        Assert.True(await client.ReceiveAsync(answer, Ending) > 0);
        const int raised = 3000;
        string text = new('x', 1000);
        for (int i = 0; i < raised; i++)
        {
            bench.Engine.Raise("web", VrrpEventKind.Information, text);
        }

        // Others are served meanwhile.
        await bench.ResultAsync("hello");
        using var reader = new StreamReader(new System.Net.Sockets.NetworkStream(client));
        long told = 0;
        long lost = 0;
        while (told + lost < raised)
        {
            string line = (await reader.ReadLineAsync(Ending).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Ending))!;
            using var message = System.Text.Json.JsonDocument.Parse(line);
            if (message.RootElement.GetProperty("method").GetString() == "lost")
            {
                lost += message.RootElement.GetProperty("params").GetProperty("count").GetInt64();
            }
            else
            {
                told++;
            }
        }

        Assert.Equal(raised, told + lost);
        Assert.True(lost > 0, "Nothing was lost: the events fit the socket's buffers.");
    }

    [Fact]
    public async Task A_service_that_goes_is_said_to_be_gone()
    {
        var bench = new ControlBench();
        using var service = ServiceEngine.Open(bench.Path);
        using var told = new ManualResetEventSlim();
        service.StateUpdated += told.Set;

        await bench.DisposeAsync();

        Assert.True(told.Wait(TimeSpan.FromSeconds(20), Ending), "Whoever waits for a state is woken.");
        Assert.Equal(ErrorIds.ServiceUnreachable, Assert.Throws<VrrpException>(() => service.GetStates()).ErrorId);
        Assert.Equal(ErrorIds.ServiceUnreachable, Assert.Throws<VrrpException>(() => ServiceEngine.Open(bench.Path)).ErrorId);
    }

    [Fact]
    public async Task Who_speaks_otherwise_is_no_service()
    {
        string path = Path.Combine(Path.GetTempPath(), $"vrrpps-test-{Guid.NewGuid():n}.sock");
        using var listener = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        listener.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        listener.Listen();
        var opening = Task.Run(() => ServiceEngine.Open(path), Ending);
        using var other = await listener.AcceptAsync(Ending);
        await other.SendAsync("220 mail.example.org ESMTP\r\n"u8.ToArray(), Ending);

        Assert.Equal(ErrorIds.ServiceProtocol, (await Assert.ThrowsAsync<VrrpException>(() => opening)).ErrorId);
        File.Delete(path);
    }

    /// <summary>Property by property; only where it runs may differ.</summary>
    private static void AssertSame<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual, params string[] except)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.NotEmpty(expected);
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => !except.Contains(property.Name)))
        {
            for (int i = 0; i < expected.Count; i++)
            {
                object? value = property.Name == "Host" ? VrrpHost.Service : property.GetValue(expected[i]);
                Assert.True(Equals(value, property.GetValue(actual[i])), $"{typeof(T).Name}.{property.Name}: {value} became {property.GetValue(actual[i])}");
            }
        }
    }
}
