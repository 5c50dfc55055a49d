using System.Threading.Channels;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Service.Run;
using VrrpPS.Service.Tests.Support;
using Xunit;

namespace VrrpPS.Service.Tests.Run;

public sealed class ServiceHostTests : IDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    private readonly Channel<ServiceRequest> _requests = Channel.CreateUnbounded<ServiceRequest>();
    private readonly StringWriter _error = new();
    private ServiceConfiguration _file = Accepted();

    public void Dispose() => _error.Dispose();

    [Theory]
    [InlineData((int)ServiceRequest.Stop)]
    [InlineData((int)ServiceRequest.Interrupt)]
    public async Task A_signal_hands_over_and_ends_with_success(int request)
    {
        using var engine = new FakeEngine();

        var exitCode = await RunAsync(engine, Accepted(Make.Instance("a")), (ServiceRequest)request);

        Assert.Equal(0, exitCode);
        Assert.Equal(["start a", "shutdown"], engine.Calls);
    }

    [Fact]
    public async Task A_second_interrupt_forces()
    {
        using var engine = new FakeEngine { HasNoSuccessor = true };

        var exitCode = await RunAsync(engine, Accepted(Make.Instance("a")), ServiceRequest.Interrupt, ServiceRequest.Interrupt);

        Assert.Equal(0, exitCode);
        Assert.Equal(["start a", "shutdown", "shutdown force"], engine.Calls);
    }

    [Fact]
    public async Task A_second_termination_does_not_cut_the_hand_over_short()
    {
        using var engine = new FakeEngine { HasNoSuccessor = true };
        var running = RunAsync(engine, Accepted(Make.Instance("a")), ServiceRequest.Stop, ServiceRequest.Stop, ServiceRequest.Interrupt);
        await WaitForAsync(engine, "shutdown");

        Assert.False(running.IsCompleted);
        Assert.DoesNotContain("shutdown force", engine.Calls);
        Request(ServiceRequest.Interrupt);
        Assert.Equal(0, await running.WaitAsync(s_bound, TestContext.Current.CancellationToken));
        Assert.Contains("shutdown force", engine.Calls);
    }

    [Fact]
    public async Task One_instance_that_fails_does_not_stop_the_others()
    {
        using var engine = new FakeEngine { RefusedNames = { "bad" } };

        var exitCode = await RunAsync(engine, Accepted(Make.Instance("bad"), Make.Instance("good")), ServiceRequest.Stop);

        Assert.Equal(0, exitCode);
        Assert.Equal(["refused bad", "start good", "shutdown"], engine.Calls);
        Assert.Contains("vrrpps: InterfaceNotFound: bad: no such interface", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_none_starts_the_service_ends_with_an_error()
    {
        using var engine = new FakeEngine { RefusedNames = { "bad" } };

        var exitCode = await RunAsync(engine, Accepted(Make.Instance("bad")));

        Assert.Equal(3, exitCode);
        Assert.Contains($"vrrpps: {ErrorIds.NothingStarted}: ", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_applies_the_difference_in_the_order_stop_change_start()
    {
        using var engine = new FakeEngine();
        _file = Accepted(Make.Instance("kept"), Make.Instance("changed", priority: 150), Make.Instance("new"));

        await RunAsync(
            engine,
            Accepted(Make.Instance("kept"), Make.Instance("changed"), Make.Instance("gone")),
            ServiceRequest.Reload,
            ServiceRequest.Stop);

        Assert.Equal(
            ["start kept", "start changed", "start gone", "stop gone", "apply changed 150", "start new", "shutdown"],
            engine.Calls);
    }

    [Fact]
    public async Task A_refused_reload_keeps_the_old_configuration_and_says_why()
    {
        using var engine = new FakeEngine();
        _file = new ServiceConfiguration([], ["web.conf:3:5: unknown keyword"], VrrpErrors.ConfigurationRefused("web.conf", 1));

        await RunAsync(engine, Accepted(Make.Instance("a")), ServiceRequest.Reload, ServiceRequest.Stop);

        Assert.Equal(["start a", "shutdown"], engine.Calls);
        var said = _error.ToString();
        Assert.Contains("web.conf:3:5: unknown keyword", said, StringComparison.Ordinal);
        Assert.Contains("vrrpps: ConfigurationSyntax: 'web.conf'", said, StringComparison.Ordinal);
        Assert.Contains("the old configuration stays in force", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_reloads_is_told_what_was_done_and_what_failed()
    {
        using var engine = new FakeEngine { RefusedNames = { "bad" } };
        using var host = new ServiceHost(engine, () => _file, _error);
        await engine.StartAsync(Make.Instance("changed"), TestContext.Current.CancellationToken);
        await engine.StartAsync(Make.Instance("gone"), TestContext.Current.CancellationToken);
        _file = Accepted(Make.Instance("changed", priority: 150), Make.Instance("bad"));

        var outcome = await host.ReloadAsync();

        Assert.Equal((1, 1, 1, 0), (outcome.Started, outcome.Changed, outcome.Stopped, outcome.Unchanged));
        Assert.Equal("bad: InterfaceNotFound: no such interface", Assert.Single(outcome.Failures));
    }

    [Fact]
    public async Task A_client_is_told_why_a_reload_or_a_start_is_refused()
    {
        using var engine = new FakeEngine();
        using var host = new ServiceHost(engine, () => _file, _error);
        _file = Accepted(Make.Instance("a"));

        var missing = await Assert.ThrowsAsync<VrrpException>(() => host.StartAsync("b", null));
        Assert.Equal("a", (await host.StartAsync("A", null)).Name);
        _file = new ServiceConfiguration([], ["web.conf:3:5: unknown keyword"], VrrpErrors.ConfigurationRefused("web.conf", 1));
        var refusal = await Assert.ThrowsAsync<VrrpException>(host.ReloadAsync);

        Assert.Equal(ErrorIds.InstanceNotFound, missing.ErrorId);
        Assert.Equal(ErrorIds.ConfigurationSyntax, refusal.ErrorId);
        Assert.Contains("web.conf:3:5: unknown keyword", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("the old one stays in force", refusal.Message, StringComparison.Ordinal);
    }

    private static ServiceConfiguration Accepted(params InstanceConfiguration[] instances) => new(instances, [], null);

    private static async Task WaitForAsync(FakeEngine engine, string call)
    {
        using var bound = new CancellationTokenSource(s_bound);
        while (!engine.Calls.Contains(call))
        {
            await Task.Delay(5, bound.Token);
        }
    }

    private void Request(ServiceRequest request) => Assert.True(_requests.Writer.TryWrite(request));

    private async Task<int> RunAsync(FakeEngine engine, ServiceConfiguration first, params ServiceRequest[] requests)
    {
        foreach (var request in requests)
        {
            Request(request);
        }

        using var host = new ServiceHost(engine, () => _file, _error);
        return await host.RunAsync(first, _requests.Reader)
            .WaitAsync(s_bound, TestContext.Current.CancellationToken);
    }
}
