namespace VrrpPS.Engine.Control.Server;

/// <summary>A line that has no end within its bound.</summary>
internal sealed class LineTooLongException(int limit) : Exception($"A line is longer than {limit} bytes.")
{
    /// <summary>The bound, in bytes.</summary>
    public int Limit { get; } = limit;
}
