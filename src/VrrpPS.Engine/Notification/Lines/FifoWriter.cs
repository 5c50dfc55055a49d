using System.Text;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Notification.Lines;

/// <summary>
/// Writes lines to a named pipe without ever waiting. The pipe is opened for reading as well, so that lines written before a
/// reader comes are kept for it, as many as the kernel's buffer holds (64 KiB); then they are lost until somebody reads.
/// </summary>
internal sealed unsafe class FifoWriter(string path) : ILineWriter
{
    private Descriptor? _pipe;
    private bool _isOurs;

    public long Lost { get; private set; }

    public string? Write(string line)
    {
        string? problem = Open();
        if (problem is null)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
            fixed (byte* start = bytes)
            {
                // At most PIPE_BUF (4096) bytes are taken as a whole or not at all.
                if (FileNative.Write(_pipe!.Number, start, (nuint)bytes.Length) == bytes.Length)
                {
                    return null;
                }
            }

            problem = $"The FIFO {path} is full: nobody reads it, or not fast enough. Start its reader, or take the FIFO out of the configuration.";
        }

        Lost++;
        return problem;
    }

    public void Dispose()
    {
        _pipe?.Dispose();
        if (_isOurs)
        {
            _ = FifoNative.Unlink(path);
        }
    }

    /// <summary>Opens the pipe; again when somebody has put another in its place.</summary>
    private string? Open()
    {
        if (FifoNative.MakeFifo(path, 0x180) == 0)
        {
            _isOurs = true;
        }

        int opened = FileNative.Open(path, FileNative.O_RDWR | FileNative.O_NONBLOCK | FileNative.O_CLOEXEC, 0);
        if (opened < 0)
        {
            return $"The FIFO {path} cannot be opened: {Errno.Describe(Errno.Last)}. Make it with 'mkfifo', or give its directory to the user of this process.";
        }

        var descriptor = Descriptor.Own(opened, "open a FIFO");
        if (!FileStatus.Of(descriptor.Number).IsFifo)
        {
            descriptor.Dispose();
            return $"{path} is no FIFO. Remove it, and a FIFO is made in its place; or choose another path.";
        }

        if (_pipe is { } pipe && FileNative.Identity(pipe.Number) == FileNative.Identity(opened))
        {
            descriptor.Dispose();
            return null;
        }

        _pipe?.Dispose();
        _pipe = descriptor;
        return null;
    }
}
