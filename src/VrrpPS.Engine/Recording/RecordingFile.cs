namespace VrrpPS.Engine.Recording;

/// <summary>The file being written and the older ones beside it.</summary>
internal sealed class RecordingFile(RecordingOptions options) : IDisposable
{
    private FileStream? _stream;

    /// <summary>Bytes written to the current file.</summary>
    public long Length { get; private set; }

    public bool IsOpen => _stream is not null;

    /// <summary>Whether so many more bytes belong into the next file.</summary>
    public bool IsFullWith(int bytes) => Length > 0 && Length + bytes > options.MaxFileSize;

    /// <summary>The files of a recording that exist, oldest first.</summary>
    public static IReadOnlyList<string> Existing(string path)
    {
        var files = new List<string>();
        if (File.Exists(path))
        {
            files.Add(path);
        }

        for (int number = 1; File.Exists(Numbered(path, number)); number++)
        {
            files.Insert(0, Numbered(path, number));
        }

        return files;
    }

    /// <summary>Moves what is there along and begins a new file.</summary>
    /// <exception cref="IOException">The disk or the folder does not let us.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor do its permissions.</exception>
    public void Begin()
    {
        Dispose();

        // What is empty is not worth keeping; and a device, which shows no length, must not be moved.
        var existing = new FileInfo(options.Path);
        if (existing.Exists && existing.Length > 0)
        {
            MoveAlong();
        }

        var how = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _stream = new FileStream(options.Path, how);
        Length = 0;
    }

    /// <exception cref="IOException">The disk is full.</exception>
    public void Write(ReadOnlySpan<byte> lines)
    {
        _stream!.Write(lines);
        Length += lines.Length;
    }

    public void Dispose()
    {
        var stream = _stream;
        _stream = null;
        stream?.Dispose();
    }

    private static string Numbered(string path, int number) => $"{path}.{number}";

    private void MoveAlong()
    {
        for (int number = options.MaxFiles - 1; number >= 1; number--)
        {
            string younger = number == 1 ? options.Path : Numbered(options.Path, number - 1);
            if (File.Exists(younger))
            {
                File.Move(younger, Numbered(options.Path, number), overwrite: true);
            }
        }
    }
}
