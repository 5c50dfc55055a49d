namespace VrrpPS.Engine.Control.Messages;

/// <summary>What a client wants to be told.</summary>
internal sealed record SubscribeParameters
{
    /// <summary>Whether each event is told, as the notification <c>event</c>.</summary>
    public bool Events { get; init; } = true;

    /// <summary>Whether it is told that some state has changed, as the notification <c>stateChanged</c>.</summary>
    public bool States { get; init; }
}
