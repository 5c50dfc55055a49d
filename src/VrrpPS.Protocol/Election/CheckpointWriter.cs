using System.Globalization;

namespace VrrpPS.Protocol.Election;

/// <summary>Keeps every value that differs from that of a new router's memory.</summary>
internal sealed class CheckpointWriter : ICheckpointVisitor
{
    public SortedDictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    public void Visit(string name, ref long value)
    {
        if (value != 0)
        {
            Values.Add(name, Text(value));
        }
    }

    /// <summary>How <see cref="Instant.Never"/> is written.</summary>
    public const string Never = "never";

    public void Visit(string name, ref InetAddress value)
    {
        if (!value.IsNone)
        {
            Values.Add(name, value.ToString());
        }
    }

    public void Visit(string name, ref long[] values)
    {
        if (values.Length > 0)
        {
            Values.Add(name, string.Join(' ', values.Select(Text)));
        }
    }

    private static string Text(long value) => value == long.MaxValue ? Never : value.ToString(CultureInfo.InvariantCulture);
}
