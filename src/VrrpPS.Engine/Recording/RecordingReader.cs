using System.Text.Json;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Recording;

/// <summary>
/// Reads recordings. A file that ends in the middle of a line, as one does whose writer was killed or whose disk was full, ends
/// before that line; anything else that is wrong is an error naming file and line.
/// </summary>
public static class RecordingReader
{
    /// <summary>The files of a recording, oldest first: <c>FILE.2</c>, <c>FILE.1</c>, <c>FILE</c>.</summary>
    public static IReadOnlyList<string> FilesOf(string path) => RecordingFile.Existing(path);

    /// <summary>Reads a recording with all its files in order.</summary>
    /// <exception cref="VrrpException">RecordingUnreadable, while enumerating.</exception>
    public static IEnumerable<RecordingLine> ReadAll(string path)
    {
        var files = FilesOf(path);
        return files.Count > 0
            ? files.SelectMany(Read)
            : throw VrrpErrors.RecordingUnreadable(path, 0, "there is no such file");
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="VrrpException">RecordingUnreadable, while enumerating.</exception>
    public static IEnumerable<RecordingLine> Read(string path)
    {
        using var reader = Open(path);
        foreach (var line in Read(reader, path))
        {
            yield return line;
        }
    }

    /// <summary>Reads from anywhere.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What to call it.</param>
    /// <exception cref="VrrpException">RecordingUnreadable, while enumerating.</exception>
    public static IEnumerable<RecordingLine> Read(TextReader reader, string name)
    {
        RecordedStep? input = null;
        int number = 0;
        while (ReadLine(reader, name, number + 1, out bool isWhole) is { } text)
        {
            number++;
            if (!isWhole)
            {
                yield break;
            }

            RecordingLine? line;
            try
            {
                using var document = JsonDocument.Parse(text);
                line = Parse(document.RootElement, name, number, ref input);
            }
            catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or ArgumentException)
            {
                throw VrrpErrors.RecordingUnreadable(name, number, exception.Message);
            }

            if (line is not null)
            {
                yield return line;
            }
        }
    }

    private static RecordingLine? Parse(JsonElement line, string name, int number, ref RecordedStep? input)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is no object");
        }

        if (line.TryGetProperty("out", out var effects))
        {
            var step = input;
            input = null;
            return step is not null && step.Router == RecordingFormat.Text(line, "r") && step.At.Nanoseconds == RecordingFormat.Number(line, "t")
                ? step with { Effects = RecordingFormat.ReadEffects(effects) }
                : throw new FormatException("these effects do not belong to the input before them");
        }

        if (input is not null)
        {
            throw new FormatException("the effects of the input before this line are missing");
        }

        if (line.TryGetProperty("in", out var happened))
        {
            var at = new Instant(RecordingFormat.Number(line, "t", 0));
            input = new RecordedStep(name, number, RecordingFormat.Text(line, "r"), at, RecordingFormat.ReadInput(happened), Array.Empty<Effect>());
            return null;
        }

        return line.TryGetProperty("step", out _)
            ? new RecordedMark(name, number, (int)RecordingFormat.Number(line, "step", 1, int.MaxValue), RecordingFormat.Text(line, "text"))
            : new RecordedHeader(name, number, RecordingFormat.ReadHeader(line));
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw VrrpErrors.RecordingUnreadable(path, 0, exception.Message);
        }
    }

    // A line of a thousand addresses is far shorter; a file that is no recording must not fill the memory.
    private const int MaxLineLength = 1024 * 1024;

    private static string? ReadLine(TextReader reader, string name, int number, out bool isWhole)
    {
        var line = new System.Text.StringBuilder(256);
        isWhole = false;
        while (reader.Read() is >= 0 and var next)
        {
            if (next == '\n')
            {
                isWhole = true;
                return line.ToString();
            }

            if (line.Append((char)next).Length > MaxLineLength)
            {
                throw VrrpErrors.RecordingUnreadable(name, number, "the line is longer than any of a recording");
            }
        }

        return line.Length > 0 ? line.ToString() : null;
    }
}
