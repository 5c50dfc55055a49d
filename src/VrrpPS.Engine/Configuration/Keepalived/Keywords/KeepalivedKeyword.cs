namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>A keyword of keepalived in one block.</summary>
/// <param name="Name">As written; keepalived tells upper from lower case.</param>
/// <param name="Status">What becomes of it.</param>
internal sealed record KeepalivedKeyword(string Name, KeepalivedStatus Status)
{
    /// <summary>What is lost or why it does not matter, as the end of a sentence.</summary>
    public string? Why { get; init; }

    /// <summary>The block of keywords that follows it, if one does.</summary>
    public KeepalivedContext? Children { get; init; }

    /// <summary>Whether a block of values follows it.</summary>
    public bool HasValues { get; init; }

    /// <summary>Whether any block follows it.</summary>
    public bool HasBlock => Children is not null || HasValues;

    /// <summary>Whether it means nothing without a parameter.</summary>
    public bool NeedsParameter { get; init; }
}
