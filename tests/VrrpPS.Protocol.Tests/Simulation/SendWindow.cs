namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>How much a node said within one interval, and what.</summary>
internal struct SendWindow
{
    public long Since;
    public int Count;
    public byte Last;
    public byte BeforeLast;
}
