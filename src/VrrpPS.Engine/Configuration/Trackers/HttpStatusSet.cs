using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>HTTP statuses: numbers and ranges, as in <c>200..399, 404</c>.</summary>
public sealed record HttpStatusSet
{
    private readonly VrrpList<(int First, int Last)> _ranges;

    private HttpStatusSet(VrrpList<(int First, int Last)> ranges) => _ranges = ranges;

    /// <summary>200..399.</summary>
    public static HttpStatusSet Default { get; } = new([(200, 399)]);

    /// <summary>Whether a status is one of them.</summary>
    public bool Contains(int status) => _ranges.Any(range => status >= range.First && status <= range.Last);

    /// <summary>Reads numbers 100..599 and ranges, separated by commas.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out HttpStatusSet? statuses)
    {
        statuses = null;
        var ranges = new List<(int, int)>();
        foreach (string part in (text ?? string.Empty).Split(','))
        {
            string[] ends = part.Split("..");
            if (ends.Length > 2 || !TryStatus(ends[0], out int first) || !TryStatus(ends[^1], out int last) || last < first)
            {
                return false;
            }

            ranges.Add((first, last));
        }

        statuses = new HttpStatusSet(ranges.ToVrrpList());
        return true;
    }

    /// <summary>The text that reads back as the same.</summary>
    public override string ToString() => string.Join(
        ", ", _ranges.Select(static range => range.First == range.Last ? $"{range.First}" : $"{range.First}..{range.Last}"));

    private static bool TryStatus(string text, out int status)
        => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 100 and <= 599;
}
