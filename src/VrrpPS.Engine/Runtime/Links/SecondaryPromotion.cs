using VrrpPS.Engine.Linux.Native;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Links;

/// <summary>
/// The kernel setting <c>promote_secondaries</c>: without it, a primary IPv4 address that goes (expires, is removed) takes the
/// secondary addresses of its subnet with it. A leased address that is not a host address is bound with it only: should
/// ours ever become the primary over a foreign one, its end must not be the other's. Read and written in the network
/// namespace of the calling thread.
/// </summary>
internal static class SecondaryPromotion
{
    private const long LookInterval = 200 * Instant.NanosecondsPerMillisecond;

    private static readonly string s_all = PathOf("all");

    /// <summary>Switches it on for an interface unless it is on.</summary>
    /// <param name="interfaceName">The interface.</param>
    /// <param name="changed">Whether it was off.</param>
    /// <returns>Null when it is on now, otherwise why it is not.</returns>
    public static string? Ensure(string interfaceName, out bool changed)
    {
        changed = false;
        string path = PathOf(interfaceName);
        try
        {
            if (IsOn(PathOf("all")) || IsOn(path))
            {
                return null;
            }

            File.WriteAllText(path, "1");
            changed = true;
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    /// <summary>
    /// Whether it is still on for an interface; also true when nobody can tell, because the interface is going away. Asked with every
    /// renewal, so it allocates nothing, and looks only as often as one virtual router at the shortest lease would: hundreds of them
    /// share an interface.
    /// </summary>
    public static bool IsStillOn(Link link, Instant now)
    {
        if (now - link.PromotionSeenAt < LookInterval)
        {
            return true;
        }

        link.PromotionSeenAt = now;
        return IsSet(s_all) || IsSet(link.PromotionPath);
    }

    private static unsafe bool IsSet(string path)
    {
        int fd = FileNative.Open(path, FileNative.O_RDONLY | FileNative.O_CLOEXEC, 0);
        if (fd < 0)
        {
            return true;
        }

        byte value = (byte)'1';
        _ = FileNative.Read(fd, &value, 1);
        _ = FileNative.Close(fd);
        return value != (byte)'0';
    }

    private static bool IsOn(string path) => File.ReadAllText(path).Trim() != "0";

    /// <summary>Where the kernel keeps the setting of an interface.</summary>
    public static string PathOf(string name) => $"/proc/sys/net/ipv4/conf/{name}/promote_secondaries";
}
