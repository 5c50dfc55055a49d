using System.Text;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

/// <summary>Writes configuration files so that nobody ever reads half of one.</summary>
public static class ConfigurationFileWriter
{
    /// <summary>Replaces a file, or makes it: a complete new file takes the old one's name.</summary>
    /// <param name="path">The file; of a link, the file that it leads to.</param>
    /// <param name="text">Its content, written as UTF-8.</param>
    /// <param name="ownerOnly">Whether nobody but the owner may read it, because it holds passwords.</param>
    /// <exception cref="VrrpException">ConfigurationUnwritable.</exception>
    public static void Write(string path, string text, bool ownerOnly)
    {
        string? half = null;
        try
        {
            string target = Path.GetFullPath(path);
            if (File.Exists(target))
            {
                target = File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
            }

            if (Directory.Exists(target))
            {
                throw VrrpErrors.ConfigurationUnwritable(path, "it is a directory. Name a file in it.");
            }

            half = $"{target}.{Guid.NewGuid():n}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = Mode(target, ownerOnly);
            }

            using (var stream = new FileStream(half, options))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(half, target, overwrite: true);
            half = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw VrrpErrors.ConfigurationUnwritable(path, e.Message, e);
        }
        finally
        {
            if (half is not null && File.Exists(half))
            {
                File.Delete(half);
            }
        }
    }

    /// <summary>Passwords are for the owner; otherwise the mode of the file that is replaced, or the usual one.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static UnixFileMode Mode(string target, bool ownerOnly)
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (ownerOnly)
        {
            return owner;
        }

        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(target) ? (File.GetUnixFileMode(target) & ~execute) | owner : owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    }
}
