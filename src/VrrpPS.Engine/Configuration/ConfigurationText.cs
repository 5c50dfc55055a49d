using System.Text;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;

namespace VrrpPS.Engine.Configuration;

/// <summary>Loads a configuration file as text and refuses what cannot be one.</summary>
internal static class ConfigurationText
{
    /// <summary>A configuration of a thousand instances is well below this.</summary>
    public const int MaxSize = 4 * 1024 * 1024;

    /// <summary>Loads the text without its byte order mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowLegacyEncoding">Whether bytes that are not UTF-8 are read as Latin-1, for old comments.</param>
    /// <param name="isLegacy">Whether it was.</param>
    /// <param name="ordinaryOnly">Whether a pipe or a device is refused rather than waited for.</param>
    /// <exception cref="VrrpException">ConfigurationUnreadable.</exception>
    public static string Load(string path, bool allowLegacyEncoding, out bool isLegacy, bool ordinaryOnly = false)
    {
        isLegacy = false;
        byte[] bytes = Bytes(path, ordinaryOnly);
        if (bytes.AsSpan().Contains((byte)0))
        {
            throw VrrpErrors.ConfigurationUnreadable(path, "it is not text: it contains zero bytes. Is it another file, or was it cut off by a crash? Restore it.");
        }

        ReadOnlySpan<byte> content = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException e)
        {
            isLegacy = allowLegacyEncoding;
            return allowLegacyEncoding
                ? Encoding.Latin1.GetString(content)
                : throw VrrpErrors.ConfigurationUnreadable(path, $"it is not UTF-8 text (byte {e.Index + 1} is not). Save it as UTF-8.", e);
        }
    }

    private static byte[] Bytes(string path, bool ordinaryOnly)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw VrrpErrors.ConfigurationUnreadable(path, "it is a directory. Name the file.");
            }

            using var stream = ordinaryOnly
                ? OrdinaryFile.OpenRead(path)
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            byte[] buffer = new byte[64 * 1024];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                content.Write(buffer, 0, read);
                if (content.Length > MaxSize)
                {
                    throw VrrpErrors.ConfigurationUnreadable(path, $"it is larger than {MaxSize / 1024 / 1024} MiB. Is it a configuration?");
                }
            }

            return content.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw VrrpErrors.ConfigurationUnreadable(path, "there is no such file. Check the path.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw VrrpErrors.ConfigurationUnreadable(path, "permission denied. Run as a user who may read it, or change its mode.", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw VrrpErrors.ConfigurationUnreadable(path, e.Message, e);
        }
    }
}
