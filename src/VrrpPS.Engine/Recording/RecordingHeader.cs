using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Recording;

/// <summary>A router at the moment from which on it is recorded.</summary>
/// <param name="Router">Its name, with <c>@namespace</c> where it has a named one.</param>
/// <param name="At">The monotonic time.</param>
/// <param name="Time">The wall clock at that time, to find the moment in other logs.</param>
/// <param name="InterfaceName">Where it speaks.</param>
/// <param name="VirtualRouterId">Its VRID.</param>
/// <param name="Family">Its family.</param>
/// <param name="Lost">Steps of this router before this moment that could not be recorded.</param>
/// <param name="Checkpoint">Its parameters and state.</param>
public sealed record RecordingHeader(
    string Router,
    Instant At,
    DateTimeOffset Time,
    string InterfaceName,
    int VirtualRouterId,
    AddressFamily Family,
    long Lost,
    RouterCheckpoint Checkpoint);
