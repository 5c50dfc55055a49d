using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Routers;

/// <summary>
/// Lets a finding through once per period and key: an attacker or a misconfigured neighbour must not fill the log. The keys
/// are few and fixed, so memory is bounded.
/// </summary>
internal sealed class EventLimiter(long period)
{
    /// <summary>Where nothing was found yet, as in most instances, there is nothing to remember.</summary>
    private Dictionary<int, Instant>? _next;

    /// <summary>Whether the finding may be reported now.</summary>
    public bool Allows(int key, Instant now)
    {
        _next ??= [];
        if (_next.TryGetValue(key, out var next) && now < next)
        {
            return false;
        }

        _next[key] = now + period;
        return true;
    }
}
