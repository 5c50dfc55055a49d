using System.Text;

namespace VrrpPS.Engine.Configuration;

/// <summary>A password that no ToString, debugger display, JSON or log shows.</summary>
public sealed class Secret : IEquatable<Secret>
{
    private readonly byte[] _bytes;

    /// <summary>Keeps a copy of the bytes.</summary>
    public Secret(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    /// <summary>The number of bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Keeps the UTF-8 bytes of a text.</summary>
    public static Secret FromText(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes, for the wire and for nothing else.</summary>
    public ReadOnlySpan<byte> Reveal() => _bytes;

    /// <inheritdoc/>
    public bool Equals(Secret? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => _bytes.Length;

    /// <summary>Stars, whatever the content.</summary>
    public override string ToString() => "********";
}
