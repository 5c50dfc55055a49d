using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>One arrangement of a row, measured with one pair of programs at a time.</summary>
internal interface ICase
{
    /// <summary>The row of the table of goals.</summary>
    int Row { get; }

    /// <summary>The arrangement, in a few words.</summary>
    string Name { get; }

    /// <summary>The pairs of programs to be measured, in turn.</summary>
    IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; }

    /// <summary>Whether it belongs to the short run, which looks at every row and not at every arrangement.</summary>
    bool InShort => true;

    /// <summary>Which curve it is a point of; null for none.</summary>
    Growth? Growth => null;

    /// <summary>Measures.</summary>
    List<Sample> Run(CaseContext context, NodeKind first, NodeKind second);
}
