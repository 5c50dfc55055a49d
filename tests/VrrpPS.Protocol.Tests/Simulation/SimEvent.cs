namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>Something that will happen to one node.</summary>
internal struct SimEvent
{
    public long At;
    public long Sequence;
    public SimEventKind Kind;
    public int Node;

    /// <summary>The sender of a packet, or the process generation that an event is meant for.</summary>
    public int Sender;
    public byte Priority;
    public int Centiseconds;

    /// <summary>The address, or which of a node's ticks it is.</summary>
    public int Number;

    public readonly bool Before(in SimEvent other) => At < other.At || (At == other.At && Sequence < other.Sequence);
}
