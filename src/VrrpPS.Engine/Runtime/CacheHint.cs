using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace VrrpPS.Engine.Runtime;

/// <summary>Tells the processor which object will be needed soon, so that it comes from memory meanwhile.</summary>
internal static unsafe class CacheHint
{
    private const int LineSize = 64;

    /// <summary>Has an object fetched. Where the processor cannot be told, nothing happens; nor where the object has just been moved.</summary>
    /// <param name="target">The object.</param>
    /// <param name="size">About how many bytes of it will be needed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(object target, int size)
    {
        if (Sse.IsSupported)
        {
            byte* start = *(byte**)Unsafe.AsPointer(ref target);
            for (int i = 0; i < size; i += LineSize)
            {
                Sse.Prefetch0(start + i);
            }
        }
    }
}
