namespace VrrpPS.Engine.Configuration.Json;

/// <summary>What a JSON value is.</summary>
internal enum JsonNodeKind
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
