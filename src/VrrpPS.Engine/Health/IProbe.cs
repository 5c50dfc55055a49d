namespace VrrpPS.Engine.Health;

/// <summary>Looks at one thing. Used by one thread, which is inside the instance's network namespace and may be kept waiting.</summary>
internal interface IProbe
{
    /// <summary>Looks once, within the tracker's timeout.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    ProbeResult Look(CancellationToken cancellationToken);

    /// <summary>Waits until it is time to look again: the pause, or shorter when the probe learns that something has changed.</summary>
    void Wait(TimeSpan pause, CancellationToken cancellationToken) => _ = cancellationToken.WaitHandle.WaitOne(pause);
}
