namespace VrrpPS.Engine.Recording;

/// <summary>
/// Where and how much of what happens to the routers of an engine is written down. A recording holds addresses, priorities
/// and times of the virtual routers, never a password; its files are made readable for their owner only.
/// </summary>
public sealed record RecordingOptions
{
    /// <summary>
    /// The file to write; older ones are kept beside it as <c>FILE.1</c> (the youngest), <c>FILE.2</c> and so on. What stands
    /// there from an earlier run is moved along, not overwritten.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The bytes at which the next file begins, at least 64 KiB. 16 MiB hold about a day of one router with the default interval.</summary>
    public long MaxFileSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many files there are at most, the one being written included.</summary>
    public int MaxFiles { get; init; } = 4;
}
