using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Linux.Scheduling;

/// <summary>Processors by number, written as the kernel writes them: <c>0,2-3</c>.</summary>
public sealed class ProcessorSet
{
    /// <summary>One more than the highest processor number that can be named.</summary>
    public const int Capacity = 1024;

    private readonly ulong[] _mask;

    private ProcessorSet(ulong[] mask, string text)
    {
        _mask = mask;
        Text = text;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    internal ReadOnlySpan<ulong> Mask => _mask;

    /// <summary>Whether a processor is in the set.</summary>
    public bool Contains(int processor)
        => processor is >= 0 and < Capacity && (_mask[processor / 64] & (1UL << (processor % 64))) != 0;

    /// <summary>Reads numbers and ranges separated by commas; at least one processor, each below <see cref="Capacity"/>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ProcessorSet? set)
    {
        ArgumentNullException.ThrowIfNull(text);
        set = null;
        ulong[] mask = new ulong[Capacity / 64];
        foreach (var part in text.AsSpan().Split(','))
        {
            var range = text.AsSpan()[part].Trim();
            int dash = range.IndexOf('-');
            var first = dash < 0 ? range : range[..dash];
            var last = dash < 0 ? range : range[(dash + 1)..];
            if (!TryParse(first, out int from) || !TryParse(last, out int to) || from > to)
            {
                return false;
            }

            for (int processor = from; processor <= to; processor++)
            {
                mask[processor / 64] |= 1UL << (processor % 64);
            }
        }

        set = new ProcessorSet(mask, text);
        return true;
    }

    /// <summary>As <see cref="TryParse(string, out ProcessorSet)"/>; null for nothing.</summary>
    /// <exception cref="VrrpException">InvalidConfiguration: the text is no such list.</exception>
    public static ProcessorSet? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return TryParse(text, out var set)
            ? set
            : throw VrrpErrors.InvalidConfiguration($"'{text}' is no list of processors. Write numbers and ranges, for example '0' or '2-3,6'.", text);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool TryParse(ReadOnlySpan<char> text, out int processor)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out processor) && processor < Capacity;
}
