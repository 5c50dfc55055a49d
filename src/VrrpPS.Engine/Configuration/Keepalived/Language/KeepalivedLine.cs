using System.Text;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>
/// A line whose characters remember where they were written, through removed comments, joined lines and substituted
/// definitions.
/// </summary>
internal sealed class KeepalivedLine
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Line, int Column)> _places = [];

    public KeepalivedLine(string file, string? directory)
    {
        File = file;
        Directory = directory;
    }

    /// <summary>The file as it was named.</summary>
    public string File { get; }

    /// <summary>Where its includes are relative to, or null.</summary>
    public string? Directory { get; }

    public string Text => _text.ToString();

    public int Length => _text.Length;

    public char this[int index] => _text[index];

    /// <summary>A copy of a line's characters as they stand in the file.</summary>
    public static KeepalivedLine FromSource(string text, string file, string? directory, int lineNumber)
    {
        var line = new KeepalivedLine(file, directory);
        for (int i = 0; i < text.Length; i++)
        {
            line.Append(text[i], lineNumber, i + 1);
        }

        return line;
    }

    public void Append(char character, int line, int column)
    {
        _text.Append(character);
        _places.Add((line, column));
    }

    /// <summary>Appends a part of another line with its places.</summary>
    public void Append(KeepalivedLine other, int start, int count)
    {
        for (int i = start; i < start + count; i++)
        {
            _text.Append(other._text[i]);
            _places.Add(other._places[i]);
        }
    }

    /// <summary>Appends text that stands for something written at another line's index.</summary>
    public void AppendFor(string text, KeepalivedLine other, int index)
    {
        var place = other._places[index];
        foreach (char character in text)
        {
            _text.Append(character);
            _places.Add(place);
        }
    }

    /// <summary>A part of this line.</summary>
    public KeepalivedLine Slice(int start, int end)
    {
        var slice = new KeepalivedLine(File, Directory);
        slice.Append(this, start, end - start);
        return slice;
    }

    /// <summary>Where a character stands; behind the end, where the last one does.</summary>
    public SourcePosition At(int index)
    {
        if (_places.Count == 0)
        {
            return new SourcePosition(File, 0, 0);
        }

        var (line, column) = _places[Math.Min(index, _places.Count - 1)];
        return new SourcePosition(File, line, column);
    }
}
