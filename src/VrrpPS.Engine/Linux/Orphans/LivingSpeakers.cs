using System.Globalization;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Orphans;

/// <summary>
/// The living engines of a network namespace, by the <see cref="SpeakerLock"/>s they hold: the kernel lists their sockets and
/// frees them at death, so that what stands there is alive. Nobody is asked and nothing is locked.
/// </summary>
internal static class LivingSpeakers
{
    /// <summary>The interfaces and families that somebody in the calling thread's namespace speaks for.</summary>
    /// <exception cref="KernelException">The kernel does not list the sockets.</exception>
    public static IReadOnlySet<(int InterfaceIndex, AddressFamily Family)> Read()
        => Parse(AbstractNames.Find(SpeakerLock.NamePrefix).Select(static found => found.Name));

    internal static HashSet<(int InterfaceIndex, AddressFamily Family)> Parse(IEnumerable<string> names)
    {
        var found = new HashSet<(int, AddressFamily)>();
        foreach (string name in names)
        {
            // namespace / interface index / v4|v6 / virtual router, and what a claim adds when somebody sits on the name
            string[] parts = name[SpeakerLock.NamePrefix.Length..].Split('/');
            if (parts is [_, var index, ['v', .. var family], _, ..]
                && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int interfaceIndex)
                && long.TryParse(family, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                _ = found.Add((interfaceIndex, (AddressFamily)number));
            }
        }

        return found;
    }
}
