using System.Globalization;

namespace VrrpPS.Engine.Linux.VirtualMacs;

/// <summary>
/// What the kernel does with ARP on the interface under a virtual MAC address. As it stands by default, that interface would answer
/// for the virtual addresses with its own MAC address (arp_ignore 0), and put them as sender into its own questions (arp_announce 0):
/// both teach the hosts the physical address. Read and written in the network namespace of the calling thread.
/// </summary>
/// <param name="ArpIgnore">net.ipv4.conf.*.arp_ignore.</param>
/// <param name="ArpAnnounce">net.ipv4.conf.*.arp_announce.</param>
internal readonly record struct ParentSettings(int ArpIgnore, int ArpAnnounce)
{
    /// <summary>Answer only for addresses of the interface that was asked.</summary>
    public const int AnswerOwnOnly = 1;

    /// <summary>Ask with an address of the interface only.</summary>
    public const int AskAsOwnOnly = 2;

    /// <summary>The settings of an interface.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public static ParentSettings Read(string interfaceName)
        => new(KernelSetting.Read(KernelSetting.IPv4(interfaceName, "arp_ignore")), KernelSetting.Read(KernelSetting.IPv4(interfaceName, "arp_announce")));

    /// <summary>Makes an interface answer and ask for its own addresses only. What is so already is not written.</summary>
    /// <exception cref="IOException">They cannot be changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor be written by this process.</exception>
    public static void Apply(string interfaceName)
    {
        var now = Read(interfaceName);
        if (now.ArpIgnore < AnswerOwnOnly)
        {
            KernelSetting.Write(KernelSetting.IPv4(interfaceName, "arp_ignore"), AnswerOwnOnly);
        }

        if (now.ArpAnnounce < AskAsOwnOnly)
        {
            KernelSetting.Write(KernelSetting.IPv4(interfaceName, "arp_announce"), AskAsOwnOnly);
        }
    }

    /// <summary>Puts back what was there before, unless somebody has changed it since.</summary>
    public void Restore(string interfaceName)
    {
        foreach (var (path, changedTo, before) in Changes(interfaceName))
        {
            try
            {
                if (KernelSetting.Read(path) == changedTo)
                {
                    KernelSetting.Write(path, before);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The interface is gone, and its settings with it.
                return;
            }
        }
    }

    /// <summary>The same for the guard, which knows no condition.</summary>
    public IEnumerable<string> RestoreCommands(string interfaceName) => Changes(interfaceName)
        .Select(static change => string.Create(CultureInfo.InvariantCulture, $"write {change.Path} {change.Before}"));

    private IEnumerable<(string Path, int ChangedTo, int Before)> Changes(string interfaceName)
    {
        if (ArpIgnore < AnswerOwnOnly)
        {
            yield return (KernelSetting.IPv4(interfaceName, "arp_ignore"), AnswerOwnOnly, ArpIgnore);
        }

        if (ArpAnnounce < AskAsOwnOnly)
        {
            yield return (KernelSetting.IPv4(interfaceName, "arp_announce"), AskAsOwnOnly, ArpAnnounce);
        }
    }
}
