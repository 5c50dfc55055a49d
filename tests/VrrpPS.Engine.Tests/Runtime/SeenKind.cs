namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>What a frame was.</summary>
internal enum SeenKind
{
    Advertisement,
    GratuitousArp,
    UnsolicitedNeighbor,
    Other,
}
