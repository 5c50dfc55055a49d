using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>Imports for named pipes.</summary>
internal static partial class FifoNative
{
    [LibraryImport(Libc.Name, EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeFifo(string path, uint mode);

    [LibraryImport(Libc.Name, EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unlink(string path);
}
