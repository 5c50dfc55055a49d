using System.Management.Automation;

namespace VrrpPS;

/// <summary>The .NET event behind Register-VrrpEvent: what the instances of this session report, filtered. It outlives them.</summary>
public sealed class VrrpEventSource
{
    private readonly WildcardPattern[] _names;
    private readonly HashSet<VrrpEventKind> _kinds;
    private readonly Lock _gate = new();
    private EventHandler<VrrpEventArgs>? _raised;

    internal VrrpEventSource(IEnumerable<string> names, IEnumerable<VrrpEventName> events)
    {
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
                    SessionEvents.Raised += OnRaised;
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
                    SessionEvents.Raised -= OnRaised;
                }
            }
        }
    }

    private void OnRaised(VrrpEvent item)
    {
        if (_kinds.Contains(item.Kind) && (_names.Length == 0 || Array.Exists(_names, name => name.IsMatch(item.Name))))
        {
            _raised?.Invoke(this, new VrrpEventArgs(item));
        }
    }
}
