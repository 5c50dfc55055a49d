namespace VrrpPS.Engine.Linux.Native;

/// <summary>Pipes. What a child is given of one is given by number: both ends close when this process runs another program.</summary>
internal static unsafe class Pipe
{
    /// <summary>Makes one.</summary>
    /// <exception cref="KernelException">The process has no descriptors left for it.</exception>
    public static (Descriptor Read, Descriptor Write) Open()
    {
        const string operation = "create a pipe";
        int* ends = stackalloc int[2];
        KernelException.ThrowIfFailed(FileNative.Pipe2(ends, FileNative.O_CLOEXEC), operation);
        return (Descriptor.Own(ends[0], operation), Descriptor.Own(ends[1], operation));
    }
}
