using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Parameters;

/// <summary>Moves a password from PowerShell's SecureString to the engine without a string in between.</summary>
internal static class SecretReader
{
    /// <summary>A key of HMAC-SHA256, as <see cref="HmacKeyText"/> reads it.</summary>
    internal static Secret ReadHmacKey(SecureString text) => HmacKeyText.TryRead(Read(text).Reveal(), out var key)
        ? key
        : throw VrrpErrors.InvalidAuthentication("The HMAC key is not hexadecimal: write two digits for each byte after 'hex:'.");

    internal static Secret Read(SecureString password)
    {
        nint text = Marshal.SecureStringToGlobalAllocUnicode(password);
        char[] characters = new char[password.Length];
        byte[] bytes = [];
        try
        {
            Marshal.Copy(text, characters, 0, characters.Length);
            bytes = Encoding.UTF8.GetBytes(characters);
            return new Secret(bytes);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(text);
            Array.Clear(characters);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
