using System.Management.Automation;
using VrrpPS.Engine.Control.Client;

namespace VrrpPS;

/// <summary>The .NET event behind Register-VrrpEvent: what the instances of this session or of the service report, filtered. It outlives them.</summary>
#pragma warning disable CA1001 // What it listens with ends with the last subscriber, and nobody is told when that is but this class.
public sealed class VrrpEventSource
#pragma warning restore CA1001
{
    private readonly WildcardPattern[] _names;
    private readonly HashSet<VrrpEventKind> _kinds;
    private readonly Lock _gate = new();
    private readonly ServiceEngine? _service;
    private readonly Func<ServiceEngine>? _open;
    private ServiceListener? _listener;
    private EventHandler<VrrpEventArgs>? _raised;

    /// <summary>Makes a source.</summary>
    /// <param name="names">Names of instances with wildcards; empty for all.</param>
    /// <param name="events">Which events.</param>
    /// <param name="open">Connects to the service, whose they are, now and whenever it comes back. Null for those of this session.</param>
    /// <exception cref="Engine.Errors.VrrpException">No service answers.</exception>
    internal VrrpEventSource(IEnumerable<string> names, IEnumerable<VrrpEventName> events, Func<ServiceEngine>? open)
    {
        _open = open;
        _service = open?.Invoke();
        _names = [.. names.Select(static name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];
        _kinds = [.. events.Select(static name => Enum.Parse<VrrpEventKind>(name.ToString()))];
    }

    /// <summary>Something was reported. The source listens while anybody does.</summary>
    public event EventHandler<VrrpEventArgs> Raised
    {
        add
        {
            lock (_gate)
            {
                if (_raised is null)
                {
                    Listen();
                }

                _raised += value;
            }
        }
        remove
        {
            lock (_gate)
            {
                bool listened = _raised is not null;
                _raised -= value;
                if (listened && _raised is null)
                {
                    Leave();
                }
            }
        }
    }

    private void Listen()
    {
        if (_service is null)
        {
            SessionEvents.Raised += OnRaised;
        }
        else
        {
            _listener = new ServiceListener(_service, _open!, OnRaised);
        }
    }

    private void Leave()
    {
        if (_service is null)
        {
            SessionEvents.Raised -= OnRaised;
        }
        else
        {
            // Whoever registers again makes a source of his own.
            _listener?.Dispose();
        }
    }

    private void OnRaised(VrrpEvent item)
    {
        if (_kinds.Contains(item.Kind) && (_names.Length == 0 || item.Kind == VrrpEventKind.Connection || Array.Exists(_names, name => name.IsMatch(item.Name))))
        {
            _raised?.Invoke(this, new VrrpEventArgs(item));
        }
    }
}
