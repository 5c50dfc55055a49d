using System.Text;
using VrrpPS.Service.Events;

namespace VrrpPS.Service;

/// <summary>
/// Lines for a person to read, from a process that has more important things to do: on a full disk they are dropped, and the next
/// one that finds room is followed by how many are missing.
/// </summary>
internal sealed class LenientWriter(TextWriter inner) : TextWriter
{
    private readonly EventOutput _output = new(inner);

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        if (_output.Write(value, out long missing) is null && missing > 0)
        {
            _ = _output.Write($"vrrpps: {missing} lines before the last one are missing here: they could not be written", out _);
        }
    }

    /// <inheritdoc/>
    public override void Write(char value) => throw new NotSupportedException("Whole lines only.");
}
