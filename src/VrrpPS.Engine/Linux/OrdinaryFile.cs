using Microsoft.Win32.SafeHandles;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux;

/// <summary>Opens what another made without being held up by what it is: opening a pipe waits for its writer.</summary>
internal static class OrdinaryFile
{
    /// <summary>Opens an ordinary file for reading; never waits.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="IOException">It is no ordinary file, or the kernel refused otherwise.</exception>
    public static FileStream OpenRead(string path)
    {
        int fd = FileNative.Open(path, FileNative.O_RDONLY | FileNative.O_NONBLOCK | FileNative.O_CLOEXEC, 0);
        if (fd < 0)
        {
            throw Errno.Last switch
            {
                Errno.ENOENT => new FileNotFoundException(null, path),
                Errno.EACCES or Errno.EPERM => new UnauthorizedAccessException(),
                int error => new IOException(Errno.Describe(error)),
            };
        }

        var handle = new SafeFileHandle(fd, ownsHandle: true);
        try
        {
            return FileNative.IsOrdinary(fd)
                ? new FileStream(handle, FileAccess.Read)
                : throw new IOException("it is no ordinary file. Name a file.");
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
