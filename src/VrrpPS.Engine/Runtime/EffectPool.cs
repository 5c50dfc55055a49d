using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime;

/// <summary>
/// Buffers for the effects of steps, lent to whoever makes one: the few that are in use at a time stay in the processor's cache, which
/// one for each of hundreds of routers would not. For the loop's own thread.
/// </summary>
internal sealed class EffectPool
{
    private readonly Stack<EffectBuffer> _free = new();

    /// <summary>An empty buffer, until it is returned. One that is kept because of an exception is the collector's.</summary>
    public EffectBuffer Rent() => _free.TryPop(out var buffer) ? buffer : new EffectBuffer();

    /// <summary>Takes a buffer back.</summary>
    public void Return(EffectBuffer buffer)
    {
        buffer.Clear();
        _free.Push(buffer);
    }
}
