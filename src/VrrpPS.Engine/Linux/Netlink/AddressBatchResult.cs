namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>What became of one request of an <see cref="AddressBatch"/>.</summary>
/// <param name="Assignment">The address.</param>
/// <param name="IsDelete">Whether it was to be removed.</param>
/// <param name="ErrorNumber">0 when the kernel carried it out.</param>
/// <param name="KernelMessage">The kernel's own words, when there are any.</param>
public readonly record struct AddressBatchResult(AddressAssignment Assignment, bool IsDelete, int ErrorNumber, string? KernelMessage)
{
    /// <summary>Whether the kernel carried it out.</summary>
    public bool Succeeded => ErrorNumber == 0;

    /// <summary>The refusal as an exception.</summary>
    public NetlinkException ToException()
        => new(IsDelete ? $"remove address {Assignment}" : $"bind address {Assignment}", ErrorNumber, KernelMessage);
}
