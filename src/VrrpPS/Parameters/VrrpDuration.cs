using VrrpPS.Engine.Errors;

namespace VrrpPS.Parameters;

/// <summary>
/// A duration as a parameter takes it. It exists beside TimeSpan because PowerShell's own conversion would read 2 as 2
/// ticks, and because a refusal found while binding must reach the user with its own ErrorId.
/// </summary>
public sealed class VrrpDuration
{
    private readonly TimeSpan _value;

    /// <summary>Wraps a duration.</summary>
    public VrrpDuration(TimeSpan value) => _value = value;

    internal VrrpDuration(VrrpException refusal) => Refusal = refusal;

    /// <summary>The duration.</summary>
    /// <exception cref="VrrpException">What was typed is no duration.</exception>
    public TimeSpan Value => Refusal is null ? _value : throw Refusal;

    /// <summary>Why what was typed is no duration.</summary>
    internal VrrpException? Refusal { get; }

    /// <summary>The duration in the invariant culture.</summary>
    public override string ToString() => Refusal is null ? _value.ToString("c") : Refusal.Message;
}
