namespace VrrpPS.Protocol.Election;

/// <summary>
/// Meets every value of a router's state by name, to keep it or to put it back. One walk serves both, so that neither can
/// forget what the other knows.
/// </summary>
internal interface ICheckpointVisitor
{
    void Visit(string name, ref long value);

    void Visit(string name, ref InetAddress value);

    void Visit(string name, ref long[] values);
}
