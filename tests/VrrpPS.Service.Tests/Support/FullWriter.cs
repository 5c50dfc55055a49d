using System.Text;

namespace VrrpPS.Service.Tests.Support;

/// <summary>A file on a disk that is full for a while.</summary>
internal sealed class FullWriter : TextWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Whether there is no room at the moment.</summary>
    public bool IsFull { get; set; }

    /// <summary>What was written.</summary>
    public string Text => _text.ToString();

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine() => WriteLine([], 0, 0);

    public override void WriteLine(char[] buffer, int index, int count)
        => _ = IsFull ? throw new IOException("No space left on device") : _text.Append(buffer, index, count).Append('\n');
}
