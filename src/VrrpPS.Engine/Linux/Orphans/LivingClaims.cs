using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Linux.Orphans;

/// <summary>Whether any engine, or keeper of static addresses, lives in the calling thread's network namespace.</summary>
internal static class LivingClaims
{
    /// <summary>Whether somebody who may speak VRRP claims anything there.</summary>
    public static bool Any() => AbstractNames.Find(NameClaim.Prefix).Any(static found => AbstractNames.MaySpeak(found.Inode));

    /// <summary>Refuses to remove what may belong to somebody who lives.</summary>
    /// <exception cref="VrrpException">VirtualRouterInUse.</exception>
    public static void RequireNone(VrrpOrphan orphan)
    {
        if (Any())
        {
            throw VrrpErrors.EngineLives(orphan.ToString());
        }
    }
}
