using VrrpPS.Engine.Control.Client;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Lifecycle;

/// <summary>
/// Where one command looks for instances: in this session and in the service, or in the service alone. The service is looked for when
/// it is first needed; where none is and none was asked for, there are just no instances of one.
/// </summary>
internal sealed class InstanceSources : IDisposable
{
    private readonly bool _sessionOnly;
    private readonly bool _serviceOnly;
    private readonly string? _socketPath;
    private readonly Action<string> _warn;
    private readonly Dictionary<string, ServiceEngine> _others = new(StringComparer.Ordinal);
    private ServiceEngine? _service;
    private bool _sought;

    /// <summary>Chooses.</summary>
    /// <param name="sessionOnly">Whether this session was asked for.</param>
    /// <param name="serviceOnly">Whether the service was asked for, so that its absence is an error.</param>
    /// <param name="socketPath">The service's control socket; null for the usual places.</param>
    /// <param name="warn">Told of a service that is there but does not answer, when none was asked for.</param>
    internal InstanceSources(bool sessionOnly, bool serviceOnly, string? socketPath, Action<string> warn)
    {
        _sessionOnly = sessionOnly;
        _serviceOnly = serviceOnly || socketPath is not null;
        _socketPath = socketPath;
        _warn = warn;
    }

    /// <summary>The service's engine; null when there is none and none was asked for.</summary>
    /// <exception cref="VrrpException">ServiceUnreachable, ServiceBusy or ServiceProtocol: one was asked for.</exception>
    internal ServiceEngine? Service
    {
        get
        {
            if (!_sought)
            {
                _sought = true;
                _service = Seek();
            }

            return _service;
        }
    }

    /// <summary>The engine of this session; null before the first start, and when only the service was asked for.</summary>
    internal IVrrpEngine? Session => _serviceOnly ? null : EngineHost.Current;

    internal IReadOnlyList<VrrpState> States => Read(static engine => engine.GetStates());

    internal IReadOnlyList<VrrpCounter> Counters => Read(static engine => engine.GetCounters());

    internal IReadOnlyList<VrrpTransition> History => Read(static engine => engine.GetHistory());

    /// <summary>The running instances, those of the session first.</summary>
    internal IReadOnlyList<VrrpInstance> Instances =>
    [
        .. (Session?.GetConfigurations() ?? []).Select(static configuration => new VrrpInstance(configuration)),
        .. InstancesOf(Service),
    ];

    /// <summary>The instance as it is now; null when it runs no longer.</summary>
    internal VrrpInstance? Refresh(VrrpInstance instance)
        => instance.SocketPath is { } path
            ? InstancesOf(At(path)).FirstOrDefault(other => other.Key == instance.Key)
            : InstanceCatalog.FindConfiguration(instance.Key) is { } current ? new VrrpInstance(current) : null;

    /// <summary>The engine that an instance runs in.</summary>
    internal IVrrpEngine EngineOf(VrrpInstance instance) => instance.SocketPath is { } path ? At(path) : EngineHost.GetOrCreate();

    /// <summary>The engine that a state of <see cref="States"/> came from.</summary>
    internal IVrrpEngine EngineOf(VrrpState state) => state.Host == VrrpHost.Service && Service is { } service ? service : EngineHost.GetOrCreate();

    /// <summary>Ends the connections; what is shown of the service's instances from now on is new.</summary>
    public void Dispose()
    {
        foreach (var engine in _others.Values.Append(_service).OfType<ServiceEngine>())
        {
            ServiceLook.Forget(engine.Path);
            engine.Dispose();
        }

        _others.Clear();
        _service = null;
    }

    private static IEnumerable<VrrpInstance> InstancesOf(ServiceEngine? service)
        => service is null ? [] : service.GetConfigurations().Select(configuration => new VrrpInstance(configuration, service.Path));

    private T[] Read<T>(Func<IVrrpEngine, IReadOnlyList<T>> read) => [.. new[] { Session, Service }.OfType<IVrrpEngine>().SelectMany(read)];

    private ServiceEngine At(string path)
    {
        if (Service is { } service && service.Path == path)
        {
            return service;
        }

        return _others.TryGetValue(path, out var engine) ? engine : _others[path] = ServiceEngine.Open(path);
    }

    private ServiceEngine? Seek()
    {
        if (_socketPath is not null)
        {
            return ServiceEngine.Open(_socketPath);
        }

        if (_serviceOnly)
        {
            return ServiceEngine.OpenDefault();
        }

        try
        {
            return PlatformGuard.IsLinux && !_sessionOnly ? ServiceEngine.TryOpenDefault() : null;
        }
        catch (VrrpException refusal)
        {
            _warn(refusal.Message);
            return null;
        }
    }
}
