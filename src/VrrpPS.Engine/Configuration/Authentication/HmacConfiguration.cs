using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Configuration;

/// <summary>
/// Signed advertisements, as keepalived 2.4 calls <c>auth_hmac</c>: for both versions and families, against forgeries and
/// recordings.
/// </summary>
public sealed record HmacConfiguration
{
    /// <summary>The keys; every one of them verifies.</summary>
    public required VrrpList<HmacKey> Keys { get; init; }

    /// <summary>The id of the key that signs.</summary>
    public required int ActiveKey { get; init; }

    /// <summary>How far a signature is insisted on.</summary>
    public HmacMode Mode { get; init; }

    /// <summary>What keeps recordings out.</summary>
    public HmacAntiReplay AntiReplay { get; init; }

    /// <summary>By how much the nodes' clocks may differ: whole seconds, 1..300. Three intervals unless given, but at least 5 s.</summary>
    public TimeSpan? TimeWindow { get; init; }

    /// <summary>The window that is used, in seconds; 0 when clocks are not compared.</summary>
    public int WindowSeconds(Interval interval) => AntiReplay == HmacAntiReplay.Monotonic ? 0
        : TimeWindow is { } window ? (int)window.TotalSeconds
        : Math.Clamp(3 * (interval.Centiseconds / 100), 5, 300);

    /// <summary>With a key added, or replaced where its id is there already.</summary>
    public HmacConfiguration With(HmacKey key) => this with { Keys = [.. Keys.Where(other => other.Id != key.Id), key] };

    /// <summary>What is configured; no key.</summary>
    public override string ToString() => $"{Mode}, keys {string.Join(", ", Keys.Select(static key => key.Id))}, active {ActiveKey}, anti-replay {AntiReplay}"
        + (TimeWindow is { } window ? $" {DurationText.Format(window)}" : string.Empty);
}
