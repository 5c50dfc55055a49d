namespace VrrpPS.Engine.Control.Messages;

/// <summary>How many events a subscriber was too slow for since it was told the last one.</summary>
internal sealed record LostNotice(long Count);
