using System.Net.Sockets;

namespace VrrpPS.Service.Events.Journal;

/// <summary>The journal's own socket: one datagram per entry.</summary>
internal sealed class JournalSocket : IDisposable
{
    /// <summary>Where journald listens.</summary>
    public const string DefaultPath = "/run/systemd/journal/socket";

    private const int SendTimeoutMilliseconds = 200;

    private readonly Socket _socket = new(System.Net.Sockets.AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = SendTimeoutMilliseconds };
    private readonly UnixDomainSocketEndPoint _journal;

    /// <summary>Makes one; nothing is sent before <see cref="TrySend"/>.</summary>
    public JournalSocket(string path = DefaultPath) => _journal = new UnixDomainSocketEndPoint(path);

    /// <summary>
    /// Whether standard output goes to the journal: $JOURNAL_STREAM has the device and inode of the stream that systemd connected, and
    /// a program started below may have redirected its own.
    /// </summary>
    public static bool IsStandardOutput => IsStream(Environment.GetEnvironmentVariable("JOURNAL_STREAM"), "/proc/self/fd/1");

    /// <summary>Sends an entry; false when the journal did not take it.</summary>
    public bool TrySend(JournalEntry entry)
    {
        try
        {
            return _socket.SendTo(entry.Bytes, SocketFlags.None, _journal) == entry.Bytes.Length;
        }
        catch (SocketException)
        {
            // No journal, or one that does not get on with its work.
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>Whether a descriptor is the stream that a variable names.</summary>
    internal static bool IsStream(string? variable, string descriptor)
    {
        // "device:inode", and a link to "socket:[inode]": sockets are all of one device.
        if (variable is null || variable.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var at))
        {
            return false;
        }

        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name == $"socket:[{variable[(at + 1)..]}]";
        }
        catch (IOException)
        {
            return false;
        }
    }
}
