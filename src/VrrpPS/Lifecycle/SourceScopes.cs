namespace VrrpPS.Lifecycle;

/// <summary>
/// Where one command looks, which each object from the pipeline may say anew: an instance of the service names its control socket.
/// Connections stay until the command ends, because changes are under way on them.
/// </summary>
/// <param name="resolve">Turns a path as typed into one of the file system.</param>
/// <param name="warn">Told of a service that does not answer and was not asked for.</param>
internal sealed class SourceScopes(Func<string, string> resolve, Action<string> warn) : IDisposable
{
    private readonly Dictionary<(bool Service, string? Path), InstanceSources> _sources = [];

    /// <summary>The place that the parameters mean.</summary>
    /// <param name="service">Whether -Service was given.</param>
    /// <param name="given">Whether -SocketPath was given.</param>
    /// <param name="path">Its value; nothing is this session.</param>
    internal InstanceSources Of(bool service, bool given, string? path)
    {
        var scope = (service, given ? path ?? string.Empty : null);
        if (!_sources.TryGetValue(scope, out var sources))
        {
            bool sessionOnly = given && !service && string.IsNullOrEmpty(path);
            sources = new InstanceSources(sessionOnly, service, string.IsNullOrEmpty(path) ? null : resolve(path), warn);
            _sources.Add(scope, sources);
        }

        return sources;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var sources in _sources.Values)
        {
            sources.Dispose();
        }

        _sources.Clear();
    }
}
