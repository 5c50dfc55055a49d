using System.Text;
using System.Text.Json;

namespace VrrpPS.Engine.Configuration.Json;

/// <summary>Reads JSON with comments and trailing commas into a tree whose nodes know their positions.</summary>
internal sealed class JsonNodeReader
{
    private readonly string _file;
    private readonly byte[] _bytes;
    private readonly List<int> _lineStarts = [0];

    private JsonNodeReader(string file, byte[] bytes)
    {
        _file = file;
        _bytes = bytes;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>The tree, or null after a syntax error, which is reported.</summary>
    public static JsonNode? Read(string text, string file, DiagnosticBag diagnostics)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var self = new JsonNodeReader(file, bytes);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = 32,
        });
        try
        {
            reader.Read();
            var root = self.Value(ref reader, diagnostics);

            // The reader finds what follows the document only when asked for more.
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            long line = e.LineNumber ?? 0;
            int start = self._lineStarts[(int)Math.Min(line, self._lineStarts.Count - 1)];
            var at = self.Position(Math.Min(bytes.Length, start + (e.BytePositionInLine ?? 0)));
            diagnostics.Error(at, ConfigurationCodes.Syntax, $"This is not JSON: {Reason(e)}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair as an escape: valid JSON grammar, but no text.
            diagnostics.Error(self.Position(reader.TokenStartIndex), ConfigurationCodes.Syntax, "This text holds half of a Unicode surrogate pair.");
            return null;
        }
    }

    private JsonNode Value(ref Utf8JsonReader reader, DiagnosticBag diagnostics)
    {
        var at = Position(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var node = new JsonNode(JsonNodeKind.Object, at);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    string name = reader.GetString()!;
                    var nameAt = Position(reader.TokenStartIndex);
                    reader.Read();
                    var value = Value(ref reader, diagnostics);
                    if (node.Members.Exists(m => m.Name == name))
                    {
                        diagnostics.Error(nameAt, ConfigurationCodes.Duplicate, $"'{name}' is given twice. Keep one of them.");
                        continue;
                    }

                    node.Members.Add(new JsonMember(name, nameAt, value));
                }

                return node;
            case JsonTokenType.StartArray:
                var array = new JsonNode(JsonNodeKind.Array, at);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    array.Items.Add(Value(ref reader, diagnostics));
                }

                return array;
            case JsonTokenType.String:
                return new JsonNode(JsonNodeKind.String, at) { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new JsonNode(JsonNodeKind.Number, at) { Text = Encoding.UTF8.GetString(reader.ValueSpan) };
            case JsonTokenType.True or JsonTokenType.False:
                return new JsonNode(JsonNodeKind.Boolean, at) { Text = reader.TokenType == JsonTokenType.True ? "true" : "false" };
            default:
                return new JsonNode(JsonNodeKind.Null, at) { Text = "null" };
        }
    }

    private SourcePosition Position(long offset)
    {
        int line = _lineStarts.BinarySearch((int)offset);
        line = line < 0 ? ~line - 1 : line;
        int start = _lineStarts[line];
        return new SourcePosition(_file, line + 1, Encoding.UTF8.GetCharCount(_bytes, start, (int)offset - start) + 1);
    }

    /// <summary>The framework's sentence without its own position, which counts from zero.</summary>
    private static string Reason(JsonException e)
    {
        int cut = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return cut < 0 ? e.Message : e.Message[..cut];
    }
}
