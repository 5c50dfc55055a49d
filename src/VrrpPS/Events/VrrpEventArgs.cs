namespace VrrpPS;

/// <summary>What an action of Register-VrrpEvent finds in <c>$EventArgs</c>.</summary>
public sealed class VrrpEventArgs : EventArgs
{
    internal VrrpEventArgs(VrrpEvent item) => Event = item;

    /// <summary>The event, as the instance's job shows it.</summary>
    public VrrpEvent Event { get; }

    /// <summary>The instance.</summary>
    public string Name => Event.Name;

    /// <summary>What kind of event it is.</summary>
    public VrrpEventKind Kind => Event.Kind;

    /// <summary>What happened, in a sentence.</summary>
    public string Message => Event.Message;

    /// <summary>The transition, when it is one.</summary>
    public VrrpTransition? Transition => Event.Transition;
}
