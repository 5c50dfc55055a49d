using System.Text;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>Statements of a keepalived.conf, indented; every word is quoted where it must be.</summary>
internal sealed class KeepalivedOutput
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public bool IsEmpty => _text.Length == 0;

    /// <summary>A keyword with its parameters.</summary>
    public void Line(string keyword, params ReadOnlySpan<string> parameters)
    {
        Begin(keyword, parameters);
        _text.Append('\n');
    }

    /// <summary>A remark.</summary>
    public void Comment(string text) => Indent().Append("# ").Append(text).Append('\n');

    /// <summary>A keyword with a block; <see cref="Close"/> ends it.</summary>
    public void Open(string keyword, params ReadOnlySpan<string> parameters)
    {
        Begin(keyword, parameters);
        _text.Append(" {\n");
        _depth++;
    }

    /// <summary>Ends the innermost block.</summary>
    public void Close()
    {
        _depth--;
        Indent().Append("}\n");
    }

    /// <summary>A block of lines, or nothing when there are none.</summary>
    public void Block(string keyword, IEnumerable<string> lines)
    {
        bool open = false;
        foreach (string line in lines)
        {
            if (!open)
            {
                Open(keyword);
                open = true;
            }

            Line(line);
        }

        if (open)
        {
            Close();
        }
    }

    /// <summary>Adds lines that were written elsewhere, indented as deep as this is.</summary>
    public void Lines(KeepalivedOutput other)
    {
        foreach (string line in other._text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Indent().Append(line).Append('\n');
        }
    }

    /// <summary>Appends what was written elsewhere at the top level, after an empty line.</summary>
    public void Append(KeepalivedOutput other)
    {
        if (!other.IsEmpty)
        {
            _text.Append(_text.Length == 0 ? string.Empty : "\n").Append(other._text);
        }
    }

    public override string ToString() => _text.ToString();

    private void Begin(string keyword, ReadOnlySpan<string> parameters)
    {
        Indent().Append(KeepalivedQuoting.Quote(keyword));
        foreach (string parameter in parameters)
        {
            _text.Append(' ').Append(KeepalivedQuoting.Quote(parameter));
        }
    }

    private StringBuilder Indent() => _text.Append(' ', 4 * _depth);
}
