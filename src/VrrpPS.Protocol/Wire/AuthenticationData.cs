using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace VrrpPS.Protocol.Wire;

/// <summary>
/// The eight bytes of authentication data of a version 2 message (RFC 3768 section 5.3.10): a password, padded with zeros.
/// Its text form never shows them.
/// </summary>
public readonly record struct AuthenticationData
{
    /// <summary>Bytes on the wire, and the longest password.</summary>
    public const int Length = 8;

    private readonly ulong _value;

    private AuthenticationData(ulong value) => _value = value;

    /// <summary>Whether all bytes are zero.</summary>
    public bool IsEmpty => _value == 0;

    /// <summary>Takes a password's bytes; more than eight are refused, never cut.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> password, out AuthenticationData data)
    {
        data = default;
        if (password.Length > Length)
        {
            return false;
        }

        Span<byte> padded = stackalloc byte[Length];
        padded.Clear();
        password.CopyTo(padded);
        data = Read(padded);
        padded.Clear();
        return true;
    }

    /// <summary>Takes a password as UTF-8; more than eight bytes are refused, never cut.</summary>
    public static bool TryCreate(ReadOnlySpan<char> password, out AuthenticationData data)
    {
        data = default;
        Span<byte> bytes = stackalloc byte[Length];
        bool fits = Encoding.UTF8.TryGetBytes(password, bytes, out int written) && TryCreate(bytes[..written], out data);
        bytes.Clear();
        return fits;
    }

    /// <summary>Reads eight bytes.</summary>
    public static AuthenticationData Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes));

    /// <summary>Writes eight bytes.</summary>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, _value);

    /// <summary>A fixed text: a password is never shown.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "It overrides the generated text, which would show the password.")]
    public override string ToString() => IsEmpty ? "(none)" : "(hidden)";
}
