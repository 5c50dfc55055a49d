using System.Globalization;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// What stands in for the mark of an address (IFA_PROTO) on kernels before 5.18: a file under /run, one per speaker lock, of
/// the addresses that this engine binds. A reboot clears it together with the addresses. Made and used on the namespace's
/// thread, under the lock.
/// </summary>
public sealed class BoundAddressLedger
{
    private const string DefaultDirectory = "/run/vrrpps/bound";
    private readonly string _path;

    /// <summary>The ledger that belongs to a lock.</summary>
    public BoundAddressLedger(SpeakerLock speakerLock)
        : this(speakerLock, DefaultDirectory)
    {
    }

    internal BoundAddressLedger(SpeakerLock speakerLock, string directory)
    {
        using var current = NetworkNamespace.OpenCurrent();
        _path = Path.Combine(
            directory,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{current.Identity.Device:x}-{current.Identity.Inode:x}-{speakerLock.InterfaceIndex}-v{(long)speakerLock.Family}-{speakerLock.VirtualRouterId}"));
    }

    /// <summary>Replaces the list, before the addresses are bound. The file is never seen half-written; an empty list removes it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(IEnumerable<InetAddress> addresses)
    {
        string[] lines = [.. addresses.Select(static address => address.ToString())];
        if (lines.Length == 0)
        {
            if (File.Exists(_path))
            {
                File.Delete(_path);
            }

            return;
        }

        _ = Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        string temporary = _path + ".new";
        File.WriteAllLines(temporary, lines);
        File.Move(temporary, _path, overwrite: true);
    }

    /// <summary>The addresses of the last engine that held the lock; lines that are no address are passed over.</summary>
    public IReadOnlySet<InetAddress> Read()
    {
        var found = new HashSet<InetAddress>();
        if (File.Exists(_path))
        {
            foreach (string line in File.ReadLines(_path))
            {
                if (InetAddress.TryParse(line, out var address))
                {
                    _ = found.Add(address);
                }
            }
        }

        return found;
    }
}
