using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux;

/// <summary>An operation that the kernel refused.</summary>
public class KernelException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="operation">What was tried, as a phrase: <c>open a packet socket</c>.</param>
    /// <param name="errno">The error number.</param>
    /// <param name="kernelMessage">The kernel's own explanation, when there is one.</param>
    public KernelException(string operation, int errno, string? kernelMessage = null)
        : base(Compose(operation, errno, kernelMessage))
    {
        Operation = operation;
        ErrorNumber = errno;
        KernelMessage = kernelMessage;
    }

    /// <summary>What was tried.</summary>
    public string Operation { get; }

    /// <summary>The error number (Linux, asm-generic).</summary>
    public int ErrorNumber { get; }

    /// <summary>The error's symbolic name, such as <c>EPERM</c>.</summary>
    public string ErrnoName => Errno.Name(ErrorNumber);

    /// <summary>The kernel's own explanation (netlink's extended acknowledgement), when there is one.</summary>
    public string? KernelMessage { get; }

    /// <summary>Makes the error of the last failed import on this thread.</summary>
    internal static KernelException Last(string operation) => new(operation, Errno.Last);

    /// <summary>Throws when a call returned -1.</summary>
    internal static void ThrowIfFailed(int result, string operation)
    {
        if (result < 0)
        {
            throw Last(operation);
        }
    }

    private static string Compose(string operation, int errno, string? kernelMessage)
    {
        string text = $"Cannot {operation}: {Errno.Name(errno)} ({Errno.Describe(errno)})";
        return kernelMessage is null ? text + "." : $"{text}; the kernel says: {kernelMessage}";
    }
}
