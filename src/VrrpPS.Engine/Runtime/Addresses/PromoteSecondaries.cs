using VrrpPS.Engine.Runtime.Links;

namespace VrrpPS.Engine.Runtime.Addresses;

/// <summary>
/// net.ipv4.conf.IF.promote_secondaries: when the primary address of a subnet goes, the kernel promotes a secondary instead of
/// deleting them all. Needed wherever an address of ours shares a subnet with the host's own.
/// </summary>
internal static class PromoteSecondaries
{
    /// <summary>Switches it on in the calling thread's network namespace, if it is not.</summary>
    /// <param name="link">The interface.</param>
    /// <param name="changed">Whether it was off before.</param>
    /// <returns>Whether it is on now; a container may have /proc/sys read-only.</returns>
    public static bool Ensure(Link link, out bool changed)
    {
        changed = false;
        string path = $"/proc/sys/net/ipv4/conf/{link.Name}/promote_secondaries";
        try
        {
            if (File.ReadAllText(path).Trim() == "1")
            {
                return true;
            }

            File.WriteAllText(path, "1");
            changed = true;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
