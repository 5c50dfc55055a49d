using System.Runtime.CompilerServices;
using System.Text;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>An interface name as a value: at most 15 bytes, compared without allocating.</summary>
public readonly struct InterfaceName : IEquatable<InterfaceName>
{
    private readonly Characters _characters;

    internal InterfaceName(ReadOnlySpan<byte> name)
        => name[..Math.Min(name.Length, Characters.Size - 1)].CopyTo(_characters);

    /// <summary>Whether the name is this text.</summary>
    public bool Equals(string? other)
    {
        Span<byte> bytes = stackalloc byte[Characters.Size];
        bytes.Clear();
        return other is not null
            && Encoding.UTF8.TryGetBytes(other, bytes[..^1], out _)
            && bytes.SequenceEqual(_characters);
    }

    /// <inheritdoc/>
    public bool Equals(InterfaceName other) => ((ReadOnlySpan<byte>)_characters).SequenceEqual(other._characters);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is InterfaceName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_characters);
        return hash.ToHashCode();
    }

    /// <summary>The name as text (allocates).</summary>
    public override string ToString()
    {
        ReadOnlySpan<byte> bytes = _characters;
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(bytes[..(end < 0 ? bytes.Length : end)]);
    }

    /// <summary>Whether both are the same name.</summary>
    public static bool operator ==(InterfaceName left, InterfaceName right) => left.Equals(right);

    /// <summary>Whether both are different names.</summary>
    public static bool operator !=(InterfaceName left, InterfaceName right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Characters
    {
        public const int Size = 16;
        private byte _first;
    }
}
