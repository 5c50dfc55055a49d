using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>struct ifa_cacheinfo: lifetimes in seconds, stamps in hundredths of a second since boot.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AddressCacheInfo
{
    public const int Size = 16;

    public uint PreferredLifetime;
    public uint ValidLifetime;
    public uint CreationStamp;
    public uint UpdateStamp;
}
