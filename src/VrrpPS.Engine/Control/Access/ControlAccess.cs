using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Control.Access;

/// <summary>
/// Who may do what: everybody reads, root, the service's own user and the members of one group change. Whoever changes by the
/// group alone cannot name programs and files to the service, which would be lending out its rights.
/// </summary>
/// <param name="Group">The group whose members may change.</param>
internal sealed record ControlAccess(ControlGroup Group)
{
    /// <summary>Whether the peer may use the methods that change something.</summary>
    public bool MayChange(PeerCredentials peer) => HasAllRights(peer) || peer.IsIn(Group);

    /// <summary>Whether the peer could do anyway whatever the service can.</summary>
    public static bool HasAllRights(PeerCredentials peer) => peer.IsRoot || peer.UserId == UserNative.EffectiveUser();
}
