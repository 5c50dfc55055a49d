using System.Net.Sockets;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Control.Access;

/// <summary>Who is at the other end of a Unix socket, as the kernel knows it: nothing that the other end says itself.</summary>
/// <param name="UserId">The effective user when it connected.</param>
/// <param name="Groups">Its effective group and its supplementary ones.</param>
internal sealed unsafe record PeerCredentials(uint UserId, IReadOnlyList<uint> Groups)
{
    private const int UsualGroups = 64;

    /// <summary>Whether the peer is root.</summary>
    public bool IsRoot => UserId == 0;

    /// <summary>Asks the kernel.</summary>
    /// <exception cref="KernelException">It does not say.</exception>
    public static PeerCredentials Of(Socket socket)
    {
        int fd = (int)socket.SafeHandle.DangerousGetHandle();
        UserCredentials credentials;
        uint length = (uint)sizeof(UserCredentials);
        KernelException.ThrowIfFailed(
            SocketNative.GetOption(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_PEERCRED, &credentials, &length), "ask who connects");
        return new PeerCredentials(credentials.UserId, [credentials.GroupId, .. SupplementaryGroups(fd)]);
    }

    /// <summary>Whether the peer may do what a group may.</summary>
    public bool IsIn(ControlGroup group) => Groups.Contains(group.Id);

    private static uint[] SupplementaryGroups(int fd)
    {
        uint[] groups = new uint[UsualGroups];
        while (true)
        {
            uint length = (uint)groups.Length * sizeof(uint);
            int result;
            fixed (uint* first = groups)
            {
                result = SocketNative.GetOption(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_PEERGROUPS, first, &length);
            }

            if (result == 0)
            {
                return groups[..((int)length / sizeof(uint))];
            }

            // Too short: the kernel has said how long it has to be.
            if (Errno.Last != Errno.ERANGE || length <= groups.Length * sizeof(uint))
            {
                throw KernelException.Last("ask for the groups of who connects");
            }

            groups = new uint[length / sizeof(uint)];
        }
    }
}
