using VrrpPS.Service.Native;

namespace VrrpPS.Tool;

/// <summary>
/// Whether anybody still reads this process's standard output. .NET writes into a pipe without a reader and says nothing, so
/// that <c>vrrpps watch | head</c> would never end.
/// </summary>
internal static class StandardOutput
{
    private const short Error = 0x08;

    /// <summary>Whether its reader has gone.</summary>
    public static bool IsGone
    {
        get
        {
            var output = new PollDescriptor { Number = 1 };
            return ProcessNative.Poll(ref output, 1, 0) > 0 && (output.Returned & Error) != 0;
        }
    }
}
