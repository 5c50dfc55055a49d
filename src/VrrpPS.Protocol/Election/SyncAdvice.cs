namespace VrrpPS.Protocol.Election;

/// <summary>What a sync group wants one of its members to be told.</summary>
/// <param name="Member">The position of the member.</param>
/// <param name="Input">What it is told.</param>
/// <param name="Cause">The position of the member that is the reason; of the member itself when all are.</param>
public readonly record struct SyncAdvice(int Member, Input Input, int Cause);
