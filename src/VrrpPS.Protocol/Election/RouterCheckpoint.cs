namespace VrrpPS.Protocol.Election;

/// <summary>
/// Everything that decides what a router does next, at one moment, as plain text values: a recording that begins in the
/// middle of a router's life begins with one. Values that are zero are left out.
/// </summary>
/// <param name="Parameters">The parameters in force.</param>
/// <param name="Values">The state by name; names and values are the machine's own and may change between releases.</param>
public sealed record RouterCheckpoint(RouterParameters Parameters, IReadOnlyDictionary<string, string> Values);
