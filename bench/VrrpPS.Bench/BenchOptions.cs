namespace VrrpPS.Bench;

/// <summary>What is to be measured.</summary>
internal sealed record BenchOptions
{
    /// <summary>The rows of the table of goals.</summary>
    public required IReadOnlyList<int> Rows { get; init; }

    /// <summary>Samples per case and pair.</summary>
    public required int Runs { get; init; }

    /// <summary>Whether the counts are those of the table of goals.</summary>
    public bool Full { get; init; }

    /// <summary>Only cases whose name contains this.</summary>
    public string? Only { get; init; }

    /// <summary>Whether keepalived is measured too.</summary>
    public bool Keepalived { get; init; } = true;

    /// <summary>How often a disturbed run is repeated.</summary>
    public int Repeats { get; init; }

    /// <summary>The executable under test.</summary>
    public required string Vrrpps { get; init; }

    /// <summary>Whether that is a native program (NativeAOT).</summary>
    public bool Native { get; init; }

    /// <summary>The executable that measures the codec.</summary>
    public required string Microbench { get; init; }

    /// <summary>Where the plots of growth go; null for none.</summary>
    public string? Plots { get; init; }

    /// <summary>Where the JSON file goes.</summary>
    public string? Json { get; init; }
}
