using System.Diagnostics.CodeAnalysis;

namespace VrrpPS.Engine.Configuration;

/// <summary>How keys are written: <c>hex:</c> and two digits for each byte, or the characters themselves.</summary>
public static class HmacKeyText
{
    /// <summary>Reads a key; false when what follows <c>hex:</c> is not hexadecimal. Its length is not judged here.</summary>
    /// <param name="text">The text as UTF-8.</param>
    /// <param name="key">The key.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Secret? key)
    {
        key = null;
        if (!text.StartsWith("hex:"u8))
        {
            key = new Secret(text);
            return true;
        }

        var digits = text["hex:"u8.Length..];
        Span<byte> bytes = stackalloc byte[digits.Length is > 0 and <= 1024 ? digits.Length / 2 : 0];
        if (bytes.IsEmpty || digits.Length % 2 != 0 || Convert.FromHexString(digits, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        key = new Secret(bytes);
        bytes.Clear();
        return true;
    }

    /// <summary>Writes a key so that <see cref="TryRead"/> reads the same bytes.</summary>
    public static string Write(Secret key) => "hex:" + Convert.ToHexStringLower(key.Reveal());
}
