using System.Globalization;
using System.Text;

namespace VrrpPS.Service.Tests.Support;

/// <summary>Reads Prometheus' text format 0.0.4 by its description, and throws at whatever is not in it.</summary>
internal sealed class ExpositionParser
{
    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    public List<ExpositionSample> Samples { get; } = [];

    public static ExpositionParser Parse(string text)
    {
        var parser = new ExpositionParser();
        if (!text.EndsWith('\n'))
        {
            throw new FormatException("The last line has no end.");
        }

        string? family = null;
        var helped = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in text[..^1].Split('\n'))
        {
            string[] words = line.Split(' ', 4);
            if (words is ["#", "HELP", var helpedName, _])
            {
                RequireName(helpedName, withColon: true);
                if (!helped.Add(helpedName))
                {
                    throw new FormatException($"A second HELP for {helpedName}");
                }
            }
            else if (words is ["#", "TYPE", var name, "counter" or "gauge" or "histogram" or "summary" or "untyped"])
            {
                parser.Types.Add(name, words[3]);
                family = name;
            }
            else
            {
                var sample = ReadSample(line);
                if (sample.Name != family)
                {
                    throw new FormatException($"{sample.Name} is not below its own TYPE line");
                }

                if (!seen.Add(line[..line.LastIndexOf(' ')]))
                {
                    throw new FormatException($"The same series twice: {line}");
                }

                parser.Samples.Add(sample);
            }
        }

        return parser;
    }

    private static ExpositionSample ReadSample(string line)
    {
        int at = line.IndexOfAny(['{', ' ']);
        string name = line[..at];
        RequireName(name, withColon: true);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (line[at] == '{')
        {
            at++;
            while (line[at] != '}')
            {
                int equals = line.IndexOf('=', at);
                string label = line[at..equals];
                RequireName(label, withColon: false);
                (string value, at) = ReadValue(line, equals + 1);
                labels.Add(label, value);
                if (line[at] == ',')
                {
                    at++;
                }
            }

            at++;
        }

        if (line[at] != ' ')
        {
            throw new FormatException($"No blank before the value: {line}");
        }

        return new ExpositionSample(name, labels, double.Parse(line[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static (string Value, int Next) ReadValue(string line, int at)
    {
        if (line[at] != '"')
        {
            throw new FormatException($"A label's value is not quoted: {line}");
        }

        var value = new StringBuilder();
        for (at++; line[at] != '"'; at++)
        {
            if (line[at] != '\\')
            {
                _ = value.Append(line[at]);
                continue;
            }

            _ = line[++at] switch
            {
                '\\' => value.Append('\\'),
                '"' => value.Append('"'),
                'n' => value.Append('\n'),
                _ => throw new FormatException($"No such escape: {line}"),
            };
        }

        return (value.ToString(), at + 1);
    }

    private static void RequireName(string name, bool withColon)
    {
        bool IsInner(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || (withColon && c == ':');
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(IsInner))
        {
            throw new FormatException($"'{name}' is no name");
        }
    }
}
