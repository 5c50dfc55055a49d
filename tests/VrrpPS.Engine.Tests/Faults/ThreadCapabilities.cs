using System.Runtime.InteropServices;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>
/// The effective capabilities of the calling thread alone (capabilities(7)): what one thread gives up the others keep, and it can
/// take back what it is still permitted.
/// </summary>
internal static partial class ThreadCapabilities
{
    /// <summary>CAP_NET_ADMIN.</summary>
    public const int NetAdmin = 12;

    private const uint Version3 = 0x20080522;

    /// <summary>Gives a capability up or takes it back.</summary>
    public static unsafe void Set(int capability, bool effective)
    {
        var header = new Header { Version = Version3 };

        // Twice effective, permitted, inheritable: 32 capabilities each.
        uint* sets = stackalloc uint[6];
        Assert.Equal(0, CapGet(&header, sets));
        uint bit = 1u << capability;
        sets[0] = effective ? sets[0] | bit : sets[0] & ~bit;
        Assert.Equal(0, CapSet(&header, sets));
    }

    [LibraryImport("libc", EntryPoint = "capget")]
    private static unsafe partial int CapGet(Header* header, uint* sets);

    [LibraryImport("libc", EntryPoint = "capset")]
    private static unsafe partial int CapSet(Header* header, uint* sets);

    private struct Header
    {
        public uint Version;
        public int ProcessId;
    }
}
