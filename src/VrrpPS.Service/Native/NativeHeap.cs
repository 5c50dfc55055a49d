namespace VrrpPS.Service.Native;

/// <summary>The C library's heap, which little of this program is on.</summary>
internal static class NativeHeap
{
    /// <summary>
    /// One for all threads: one for each, as glibc has it, is for programs that allocate all the time. Before other threads begin. A C
    /// library without the choice has one anyway.
    /// </summary>
    public static void ShareOne()
    {
        try
        {
            _ = ProcessNative.SetAllocation(ProcessNative.GreatestArenas, 1);
        }
        catch (EntryPointNotFoundException)
        {
            // Not glibc.
        }
    }
}
