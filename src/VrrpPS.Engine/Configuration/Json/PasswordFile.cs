using System.Diagnostics.CodeAnalysis;

namespace VrrpPS.Engine.Configuration.Json;

/// <summary>Reads a password from a file of its own, so that the configuration can be shared.</summary>
internal static class PasswordFile
{
    private const int MaxSize = 1024;

    public static bool TryRead(string path, string? baseDirectory, [NotNullWhen(true)] out Secret? secret, [NotNullWhen(false)] out string? reason)
    {
        secret = null;
        reason = null;
        if (!Path.IsPathRooted(path) && baseDirectory is null)
        {
            reason = "this text comes without a file, so a relative path has nowhere to start. Write an absolute one.";
            return false;
        }

        try
        {
            byte[] buffer = new byte[MaxSize + 1];
            using var stream = File.OpenRead(Path.Combine(baseDirectory ?? "/", path));
            int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length > MaxSize)
            {
                reason = "it is too large to be a password.";
                return false;
            }

            // The line end that every editor leaves is not part of the password.
            secret = new Secret(buffer.AsSpan(0, length).TrimEnd("\r\n"u8));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = e.Message;
            return false;
        }
    }
}
