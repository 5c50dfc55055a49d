using System.Text;
using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Notification.Lines;

/// <summary>
/// Appends lines to a file that is opened anew for each: whoever renames it (logrotate) needs to tell nobody. One that has grown
/// to its limit is renamed to <c>.1</c>, in place of the one before.
/// </summary>
internal sealed class EventFileWriter(EventFileOptions options) : ILineWriter
{
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    public long Lost { get; private set; }

    public string? Write(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        try
        {
            Rotate(bytes.Length);
            var opening = new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                opening.UnixCreateMode = OwnerAndGroup;
            }

            using var stream = new FileStream(options.Path, opening);
            stream.Write(bytes);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Lost++;
            return $"The event file {options.Path} cannot be written: {exception.Message} Make room, or give the directory to the user of this process.";
        }
    }

    public void Dispose()
    {
        // Nothing stays open.
    }

    private void Rotate(int coming)
    {
        var file = new FileInfo(options.Path);
        if (file.Exists && file.Length + coming > options.MaxSize)
        {
            File.Move(options.Path, options.Path + ".1", overwrite: true);
        }
    }
}
