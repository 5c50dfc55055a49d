using VrrpPS.Engine.Linux;

namespace VrrpPS.Engine.Recording;

/// <summary>What one loop and the writer share.</summary>
internal sealed class RecordingChannel(EventFd wake)
{
    private long _lost;
    private int _generation = 1;
    private bool _closed;

    public RecordingRing Ring { get; } = new();

    /// <summary>Rises when everything recorded so far may be missing from what is kept: routers begin anew with a header then.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Steps that did not fit.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Asks for new headers. For the writer.</summary>
    public void NextGeneration() => Interlocked.Increment(ref _generation);

    /// <summary>Whether the loop has ended: nothing more will come.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    public void Close() => Volatile.Write(ref _closed, true);

    public void NoteLost() => Interlocked.Increment(ref _lost);

    public void Wake() => wake.Signal();
}
