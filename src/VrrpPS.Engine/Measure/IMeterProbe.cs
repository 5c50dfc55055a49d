namespace VrrpPS.Engine.Measure;

/// <summary>A way to ask an address. Used by the meter's thread alone, which has entered the namespace.</summary>
internal interface IMeterProbe : IDisposable
{
    /// <summary>Readable when answers may be there.</summary>
    int FileDescriptor { get; }

    /// <summary>Asks; an answer carries the number.</summary>
    /// <returns>Why the question could not leave; null when it did.</returns>
    string? Send(long number);

    /// <summary>Takes the next answer; false when there is none at the moment.</summary>
    bool TryTake(out ProbeAnswer answer);
}
