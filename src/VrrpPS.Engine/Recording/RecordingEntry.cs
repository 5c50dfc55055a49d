using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Recording;

/// <summary>One place of a <see cref="RecordingRing"/>: what the loop copies, and the writer puts into words later.</summary>
internal struct RecordingEntry
{
    public RecordingEntryKind Kind;

    /// <summary>How many effects follow an input.</summary>
    public int EffectCount;

    public string Router;
    public Instant At;
    public Input Input;
    public Effect Effect;
    public RecordingHeader? Header;
}
