namespace VrrpPS.Engine.Recording;

/// <summary>What a <see cref="RecordingEntry"/> holds.</summary>
internal enum RecordingEntryKind : byte
{
    /// <summary>A router's parameters and state: everything after it can be replayed.</summary>
    Header,

    /// <summary>An input; the effects of its step follow.</summary>
    Input,

    /// <summary>One effect.</summary>
    Effect,
}
