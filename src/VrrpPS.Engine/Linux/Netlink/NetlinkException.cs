namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>A netlink request that the kernel refused: the operation, the error number and the kernel's own words.</summary>
public sealed class NetlinkException : KernelException
{
    /// <summary>Makes the error.</summary>
    /// <param name="operation">What was tried, as a phrase: <c>add address 192.0.2.1/32 to interface 3</c>.</param>
    /// <param name="errno">The error number.</param>
    /// <param name="kernelMessage">The text of the extended acknowledgement, when the kernel sent one.</param>
    public NetlinkException(string operation, int errno, string? kernelMessage = null)
        : base(operation, errno, kernelMessage)
    {
    }
}
