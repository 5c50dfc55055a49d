namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>Makes hostile texts out of good ones: characters, words, lines and whole pieces of others, in wrong places.</summary>
internal sealed class TextMutator(int seed, IReadOnlyList<string> corpus, IReadOnlyList<string> words)
{
    private readonly Random _random = new(seed);

    public string Next()
    {
        string text = corpus[_random.Next(corpus.Count)];
        for (int edits = _random.Next(6); edits > 0; edits--)
        {
            text = Mutate(text);
        }

        return text.Length > 64 * 1024 ? text[..(64 * 1024)] : text;
    }

    private string Mutate(string text)
    {
        int at = _random.Next(text.Length + 1);
        int end = Math.Min(text.Length, at + _random.Next(40));
        switch (_random.Next(10))
        {
            case 8 or 9:
                // Another number: the text stays well-formed and means something else.
                int digit = text.AsSpan(at).IndexOfAnyInRange('0', '9');
                return digit < 0 ? text : $"{text[..(at + digit)]}{_random.Next(10)}{text[(at + digit + 1)..]}";
            case 0:
                return text[..at] + (char)_random.Next(_random.Next(4) == 0 ? 0x10000 : 128) + text[end..];
            case 1:
                return text[..at] + text[end..];
            case 2:
                return text[..at] + words[_random.Next(words.Count)] + text[at..];
            case 3:
                return text[..at] + words[_random.Next(words.Count)] + text[end..];
            case 4:
                // The same piece again, once or many times: depth, duplicates, length.
                string piece = text[at..end];
                return text[..at] + string.Concat(Enumerable.Repeat(piece, _random.Next(1, _random.Next(8) == 0 ? 200 : 3))) + text[at..];
            case 5:
                string other = corpus[_random.Next(corpus.Count)];
                int from = _random.Next(other.Length + 1);
                return text[..at] + other[from..Math.Min(other.Length, from + _random.Next(200))] + text[end..];
            case 6:
                return text[..at];
            default:
                string[] lines = text.Split('\n');
                (lines[_random.Next(lines.Length)], lines[^1]) = (lines[^1], lines[_random.Next(lines.Length)]);
                return string.Join('\n', lines);
        }
    }
}
