using System.Globalization;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Orphans;

/// <summary>
/// The living engines of a network namespace, by the <see cref="SpeakerLock"/>s they hold: the kernel lists their sockets and
/// frees them at death, so that what stands there is alive. Nobody is asked and nothing is locked.
/// </summary>
internal static class LivingSpeakers
{
    private const string Table = "/proc/thread-self/net/unix";

    /// <summary>The interfaces and families that somebody in the calling thread's namespace speaks for.</summary>
    /// <exception cref="IOException">The kernel does not show the table.</exception>
    public static IReadOnlySet<(int InterfaceIndex, AddressFamily Family)> Read() => Parse(File.ReadLines(Table));

    internal static HashSet<(int InterfaceIndex, AddressFamily Family)> Parse(IEnumerable<string> lines)
    {
        // The kernel writes the zero byte of an abstract name as '@'.
        const string mark = "@" + SpeakerLock.NamePrefix;
        var found = new HashSet<(int, AddressFamily)>();
        foreach (string line in lines)
        {
            int start = line.IndexOf(mark, StringComparison.Ordinal);
            if (start < 0)
            {
                continue;
            }

            // namespace / interface index / v4|v6 / virtual router, and what a claim adds when somebody sits on the name
            string[] parts = line[(start + mark.Length)..].Split('/');
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
