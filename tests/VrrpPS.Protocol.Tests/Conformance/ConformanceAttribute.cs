namespace VrrpPS.Conformance;

/// <summary>
/// Marks a test as the proof of one row of requirements.txt. The ledger is made from the text of these attributes in the
/// test sources, so the id is a literal and the attribute stands directly above its method.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ConformanceAttribute(string id, Polarity polarity) : Attribute
{
    /// <summary>The row, such as <c>9568-5.1.1.3-2</c>.</summary>
    public string Id { get; } = id;

    /// <summary>Which side the test shows.</summary>
    public Polarity Polarity { get; } = polarity;

    /// <summary>Why no test of the other polarity can exist; null where one does.</summary>
    public string? NoCounterCase { get; init; }
}
