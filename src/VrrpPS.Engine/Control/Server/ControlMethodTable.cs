using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Control.Access;
using VrrpPS.Engine.Control.Changes;
using VrrpPS.Engine.Control.Messages;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Engine.Control.Server;

/// <summary>What can be asked. This part has the methods that only look.</summary>
internal sealed partial class ControlMethodTable
{
    private readonly IVrrpEngine _engine;
    private readonly IControlledService _service;
    private readonly ControlServerOptions _options;
    private readonly ControlAccess _access;
    private readonly Dictionary<string, ControlMethod> _methods;

    public ControlMethodTable(IVrrpEngine engine, IControlledService service, ControlServerOptions options, ControlAccess access)
    {
        _engine = engine;
        _service = service;
        _options = options;
        _access = access;
        _methods = Readers().Concat(Changers()).ToDictionary(static method => method.Name, StringComparer.Ordinal);
    }

    /// <summary>The names of all methods.</summary>
    public IReadOnlyCollection<string> Names => _methods.Keys;

    /// <summary>The method of a name; null for none.</summary>
    public ControlMethod? Find(string name) => _methods.GetValueOrDefault(name);

    private IEnumerable<ControlMethod> Readers() =>
    [
        Reader(ControlMethods.Hello, Hello),
        Reader(ControlMethods.State, State),
        Reader(ControlMethods.Instances, Instances),
        Reader(ControlMethods.Counters, Counters),
        Reader(ControlMethods.History, History),
        Reader(ControlMethods.Subscribe, static call => Subscribe(call)),
        Reader(ControlMethods.Unsubscribe, static call => Unsubscribe(call)),
    ];

    private static ControlMethod Reader(string name, Func<ControlCall, Action<Utf8JsonWriter>> read)
        => new(name, Changes: false, call => Task.FromResult(read(call)));

    private static Action<Utf8JsonWriter> Value<T>(T value, JsonTypeInfo<T> type) => writer => JsonSerializer.Serialize(writer, value, type);

    private static Action<Utf8JsonWriter> Done { get; } = static writer =>
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    };

    private Action<Utf8JsonWriter> Hello(ControlCall call)
    {
        bool mayChange = _access.MayChange(call.Peer);
        return Value(
            new HelloResult
            {
                Product = "vrrpps",
                Version = _options.ProductVersion,
                Protocol = ControlProtocol.Version,
                MayChange = mayChange,
                MaxLineLength = mayChange ? _options.MaxLineLength : _options.MaxReaderLineLength,
            },
            ControlJsonContext.Shared.HelloResult);
    }

    private Action<Utf8JsonWriter> State(ControlCall call)
    {
        var wanted = call.Read(ControlJsonContext.Shared.InstanceParameters);
        var states = ControlInstances.Select(
            _engine.GetStates(), static state => new InstanceKey(state.Name, state.NetworkNamespace), wanted.Name, wanted.NetworkNamespace);
        return Value(new StateResult(states), ControlJsonContext.Shared.StateResult);
    }

    private Action<Utf8JsonWriter> Counters(ControlCall call)
    {
        var wanted = call.Read(ControlJsonContext.Shared.InstanceParameters);
        var counters = ControlInstances.Select(
            _engine.GetCounters(), static counter => new InstanceKey(counter.Name, counter.NetworkNamespace), wanted.Name, wanted.NetworkNamespace);
        return Value(new CountersResult(counters), ControlJsonContext.Shared.CountersResult);
    }

    private Action<Utf8JsonWriter> History(ControlCall call)
    {
        var wanted = call.Read(ControlJsonContext.Shared.HistoryParameters);
        var transitions = ControlInstances.Select(
            _engine.GetHistory(), static entry => new InstanceKey(entry.Name, entry.NetworkNamespace), wanted.Name, wanted.NetworkNamespace);
        int skipped = wanted.Last is { } last ? Math.Max(0, transitions.Count - Math.Max(0, last)) : 0;
        return Value(new HistoryResult([.. transitions.Skip(skipped)]), ControlJsonContext.Shared.HistoryResult);
    }

    private Action<Utf8JsonWriter> Instances(ControlCall call)
    {
        var wanted = call.Read(ControlJsonContext.Shared.InstanceParameters);
        var configurations = ControlInstances.Select(_engine.GetConfigurations(), ControlInstances.KeyOf, wanted.Name, wanted.NetworkNamespace);
        var document = new ConfigurationDocument { Instances = configurations.Select(SecretMask.Hide).ToVrrpList() };
        return writer => JsonConfigurationWriter.Write(writer, document, includeSecrets: true);
    }

    private static Action<Utf8JsonWriter> Subscribe(ControlCall call)
    {
        call.Session.Subscribe(call.Read(ControlJsonContext.Shared.SubscribeParameters));
        return Done;
    }

    private static Action<Utf8JsonWriter> Unsubscribe(ControlCall call)
    {
        call.Session.Unsubscribe();
        return Done;
    }
}
