using System.Text.Json;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Control.Access;
using VrrpPS.Engine.Control.Changes;
using VrrpPS.Engine.Control.Messages;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Engine.Control.Server;

/// <content>The methods that change something. What was begun is finished, also when who asked has gone.</content>
internal sealed partial class ControlMethodTable
{
    private IEnumerable<ControlMethod> Changers() =>
    [
        new(ControlMethods.ClearCounters, Changes: true, ClearCountersAsync),
        new(ControlMethods.Suspend, Changes: true, SuspendAsync),
        new(ControlMethods.Resume, Changes: true, ResumeAsync),
        new(ControlMethods.Move, Changes: true, MoveAsync),
        new(ControlMethods.Announce, Changes: true, AnnounceAsync),
        new(ControlMethods.Set, Changes: true, SetAsync),
        new(ControlMethods.Stop, Changes: true, StopAsync),
        new(ControlMethods.Start, Changes: true, StartAsync),
        new(ControlMethods.Restart, Changes: true, RestartAsync),
        new(ControlMethods.Reload, Changes: true, ReloadAsync),
    ];

    private async Task<Action<Utf8JsonWriter>> ClearCountersAsync(ControlCall call)
    {
        await _engine.ClearCountersAsync(Find(call.Read(ControlJsonContext.Shared.InstanceParameters))).ConfigureAwait(false);
        return Done;
    }

    private async Task<Action<Utf8JsonWriter>> ResumeAsync(ControlCall call)
    {
        await _engine.ResumeAsync(Find(call.Read(ControlJsonContext.Shared.InstanceParameters))).ConfigureAwait(false);
        return Done;
    }

    private async Task<Action<Utf8JsonWriter>> AnnounceAsync(ControlCall call)
    {
        await _engine.AnnounceAsync(Find(call.Read(ControlJsonContext.Shared.InstanceParameters))).ConfigureAwait(false);
        return Done;
    }

    private async Task<Action<Utf8JsonWriter>> SuspendAsync(ControlCall call)
    {
        var (configuration, options) = ReadLeave(call);
        return Value(await _engine.SuspendAsync(ControlInstances.KeyOf(configuration), options).ConfigureAwait(false), ControlJsonContext.Shared.StopOutcome);
    }

    private async Task<Action<Utf8JsonWriter>> StopAsync(ControlCall call)
    {
        var (configuration, options) = ReadLeave(call);
        return Value(await _engine.StopAsync(ControlInstances.KeyOf(configuration), options).ConfigureAwait(false), ControlJsonContext.Shared.StopOutcome);
    }

    private async Task<Action<Utf8JsonWriter>> RestartAsync(ControlCall call)
    {
        var (configuration, options) = ReadLeave(call);
        var key = ControlInstances.KeyOf(configuration);
        var outcome = await _engine.StopAsync(key, options).ConfigureAwait(false);
        try
        {
            await _engine.StartAsync(configuration).ConfigureAwait(false);
        }
        catch (VrrpException refusal)
        {
            throw VrrpErrors.RestartFailed(key, refusal);
        }

        return Value(outcome, ControlJsonContext.Shared.StopOutcome);
    }

    private async Task<Action<Utf8JsonWriter>> MoveAsync(ControlCall call)
    {
        var wanted = call.Read(ControlJsonContext.Shared.MoveParameters);
        var key = ControlInstances.KeyOf(Find(wanted.Name, wanted.NetworkNamespace));
        var options = new MoveOptions { HoldFor = wanted.HoldFor, Timeout = wanted.Timeout };
        return Value(await _engine.MoveAsync(key, options).ConfigureAwait(false), ControlJsonContext.Shared.MoveOutcome);
    }

    private async Task<Action<Utf8JsonWriter>> SetAsync(ControlCall call)
    {
        var wanted = call.Read(ControlJsonContext.Shared.SetParameters);
        var current = Find(wanted.Name, wanted.NetworkNamespace);
        var changed = InstanceChange.Apply(current, wanted.Changes, ControlAccess.HasAllRights(call.Peer));
        await _engine.ApplyAsync(ControlInstances.KeyOf(current), changed).ConfigureAwait(false);
        return Done;
    }

    private async Task<Action<Utf8JsonWriter>> StartAsync(ControlCall call)
    {
        var wanted = call.Read(ControlJsonContext.Shared.InstanceParameters);
        if (string.IsNullOrEmpty(wanted.Name))
        {
            throw VrrpErrors.ControlParameters("'name' is missing: say which instance.");
        }

        _ = await _service.StartAsync(wanted.Name, wanted.NetworkNamespace).ConfigureAwait(false);
        return Done;
    }

    private async Task<Action<Utf8JsonWriter>> ReloadAsync(ControlCall call)
        => Value(await _service.ReloadAsync().ConfigureAwait(false), ControlJsonContext.Shared.ReloadOutcome);

    private (InstanceConfiguration Configuration, StopOptions Options) ReadLeave(ControlCall call)
    {
        var wanted = call.Read(ControlJsonContext.Shared.LeaveParameters);
        return (
            Find(wanted.Name, wanted.NetworkNamespace),
            new StopOptions { Force = wanted.Force, HandoverTimeout = wanted.HandoverTimeout });
    }

    private InstanceKey Find(InstanceParameters wanted) => ControlInstances.KeyOf(Find(wanted.Name, wanted.NetworkNamespace));

    private InstanceConfiguration Find(string? name, string? networkNamespace)
        => ControlInstances.Single(_engine.GetConfigurations(), ControlInstances.KeyOf, name, networkNamespace, VrrpErrors.InstanceNotFound);
}
