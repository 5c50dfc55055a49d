namespace VrrpPS.Engine.Notification.Lines;

/// <summary>Somewhere that lines go, used from one thread.</summary>
internal interface ILineWriter : IDisposable
{
    /// <summary>How many lines were not taken.</summary>
    long Lost { get; }

    /// <summary>Writes one line without its end; never waits for a reader.</summary>
    /// <returns>What is wrong, with the way out, when the line was not taken; otherwise null.</returns>
    string? Write(string line);
}
