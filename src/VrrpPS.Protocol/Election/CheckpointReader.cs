using System.Globalization;

namespace VrrpPS.Protocol.Election;

/// <summary>Puts every value back; what is not there is zero, none or empty.</summary>
internal sealed class CheckpointReader(IReadOnlyDictionary<string, string> values) : ICheckpointVisitor
{
    private int _found;

    /// <summary>Whether every value belonged somewhere.</summary>
    public bool IsComplete => _found == values.Count;

    public void Visit(string name, ref long value) => value = Find(name) is { } text ? Number(name, text) : 0;

    public void Visit(string name, ref InetAddress value)
    {
        string? text = Find(name);
        value = default;
        if (text is not null && !InetAddress.TryParse(text, out value))
        {
            throw new FormatException($"{name}: '{text}' is no address.");
        }
    }

    public void Visit(string name, ref long[] numbers)
        => numbers = Find(name) is { } text ? [.. text.Split(' ').Select(part => Number(name, part))] : [];

    private string? Find(string name)
    {
        if (!values.TryGetValue(name, out string? text))
        {
            return null;
        }

        _found++;
        return text;
    }

    private static long Number(string name, string text)
        => text == CheckpointWriter.Never ? long.MaxValue
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new FormatException($"{name}: '{text}' is no number.");
}
