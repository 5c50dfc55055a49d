using System.Text.Json;
using VrrpPS.Engine.Notification.Lines;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Service.Events;
using VrrpPS.Service.Tests.Support;
using Xunit;

namespace VrrpPS.Service.Tests.Events;

public sealed class EventReporterTests : IDisposable
{
    private readonly FakeEngine _engine = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void A_json_line_has_exactly_the_promised_members_in_their_order()
    {
        Subscribe(EventFormat.Json);

        _engine.Raise(Transition(master: "192.0.2.10"));

        var line = Assert.Single(_output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        using var json = JsonDocument.Parse(line);
        Assert.Equal(
            ["time", "instance", "from", "to", "event", "reason", "priority", "master"],
            json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("VRRP1", json.RootElement.GetProperty("instance").GetString());
        Assert.Equal("Backup", json.RootElement.GetProperty("from").GetString());
        Assert.Equal("Master", json.RootElement.GetProperty("to").GetString());
        Assert.Equal("MasterTimeout", json.RootElement.GetProperty("event").GetString());
        Assert.Equal("the Master (192.0.2.20) was silent -> mine", json.RootElement.GetProperty("reason").GetString());
        Assert.Equal(199, json.RootElement.GetProperty("priority").GetInt32());
        Assert.Equal("192.0.2.10", json.RootElement.GetProperty("master").GetString());
        Assert.Equal(s_time, json.RootElement.GetProperty("time").GetDateTimeOffset());
        Assert.Contains("silent -> mine", line, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_Master_is_null()
    {
        Subscribe(EventFormat.Json);

        _engine.Raise(Transition(master: null));

        using var json = JsonDocument.Parse(_output.ToString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("master").ValueKind);
    }

    [Fact]
    public void Lines_of_any_length_follow_one_another()
    {
        Subscribe(EventFormat.Json);
        string[] reasons = ["\"quoted\"", new('ä', 3000), "short"];

        foreach (string reason in reasons)
        {
            var report = Transition(master: null);
            _engine.Raise(report with { Transition = report.Transition! with { Reason = reason } });
        }

        Assert.Equal(reasons, _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => TransitionLine.FromJson(line)!.Reason));
    }

    [Fact]
    public void With_json_everything_else_goes_to_standard_error()
    {
        Subscribe(EventFormat.Json);

        _engine.Raise(Warning());

        Assert.Empty(_output.ToString());
        Assert.Contains("VRRP1: warning: two masters", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Readable_lines_name_states_event_and_reason()
    {
        Subscribe(EventFormat.Text);

        _engine.Raise(Transition(master: null));
        _engine.Raise(Warning());

        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("VRRP1: Backup -> Master (MasterTimeout): the Master (192.0.2.20) was silent -> mine", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("VRRP1: warning: two masters", lines[1], StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void A_reader_that_has_gone_away_disturbs_nothing()
    {
        using var closed = new ClosedWriter();
        var reporter = new EventReporter(EventFormat.Json, closed, _error);

        reporter.Report(Transition(master: null));
        reporter.Report(Transition(master: null));

        Assert.Single(_error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("events cannot be written to standard output (Broken pipe)", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_has_room_again_gets_what_comes_then_and_is_told_what_is_missing()
    {
        using var disk = new FullWriter { IsFull = true };
        var reporter = new EventReporter(EventFormat.Text, disk, _error);
        reporter.Report(Transition(master: null));
        reporter.Report(Transition(master: null));
        disk.IsFull = false;
        reporter.Report(Transition(master: null));

        Assert.Single(disk.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        string[] told = _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, told.Length);
        Assert.Contains("cannot be written", told[0], StringComparison.Ordinal);
        Assert.Contains("2 are missing", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_below_standard_error_is_no_failure_of_the_reporter()
    {
        using var disk = new FullWriter { IsFull = true };
        var reporter = new EventReporter(EventFormat.Json, disk, new LenientWriter(disk));
        reporter.Report(Transition(master: null) with { Transition = null });
        reporter.Report(Transition(master: null));
        disk.IsFull = false;
        reporter.Report(Transition(master: null) with { Transition = null });
        Assert.Contains("2 lines before the last one are missing here", disk.Text, StringComparison.Ordinal);
    }

    private static readonly DateTimeOffset s_time = new(2026, 11, 5, 10, 20, 30, 456, TimeSpan.Zero);

    private static VrrpEvent Transition(string? master) => new()
    {
        Time = s_time,
        Name = "VRRP1",
        Kind = VrrpEventKind.Transition,
        Message = "became Master",
        Transition = new VrrpTransition
        {
            Time = s_time,
            Name = "VRRP1",
            FromState = RouterState.Backup,
            ToState = RouterState.Master,
            Event = LastEvent.MasterTimeout,
            Reason = "the Master (192.0.2.20) was silent -> mine",
            Priority = 199,
            Peer = "192.0.2.20",
            MasterAddress = master,
            AddressFamily = AddressFamily.IPv4,
        },
    };

    private static VrrpEvent Warning() => new()
    {
        Time = s_time,
        Name = "VRRP1",
        Kind = VrrpEventKind.SplitBrain,
        Message = "two masters",
        IsWarning = true,
    };

    private void Subscribe(EventFormat format) => _engine.EventRaised += new EventReporter(format, _output, _error).Report;
}
