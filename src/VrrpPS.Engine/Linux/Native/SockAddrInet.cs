using System.Runtime.InteropServices;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>struct sockaddr_in and struct sockaddr_in6 in one buffer.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SockAddrInet
{
    private fixed byte _bytes[28];

    public uint Length;

    /// <summary>An address without port; a link-local IPv6 one is scoped to the interface.</summary>
    public static SockAddrInet From(InetAddress address, int interfaceIndex)
    {
        SockAddrInet result = default;
        var bytes = new Span<byte>(result._bytes, 28);
        if (address.Family == Protocol.AddressFamily.IPv4)
        {
            MemoryMarshal.Write(bytes, (ushort)SocketConstants.AF_INET);
            _ = address.Write(bytes[4..]);
            result.Length = 16;
            return result;
        }

        MemoryMarshal.Write(bytes, (ushort)SocketConstants.AF_INET6);
        _ = address.Write(bytes[8..]);
        bool scoped = address.IsLinkLocal || address.IsMulticast;
        MemoryMarshal.Write(bytes[24..], scoped ? interfaceIndex : 0);
        result.Length = 28;
        return result;
    }
}
