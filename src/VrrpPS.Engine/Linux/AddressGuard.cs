using System.Buffers;
using System.Text;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// A tiny shell that outlives a killed engine (SAFETY: the guard). It holds the other ends of two pipes: in one are the lists of the
/// addresses that are bound now, the other is its bell. What is in the pipe counts, also before the guard was rung for; it removes the
/// addresses the moment the bell ends with its writer. It lives in a session of its
/// own, deaf to HUP, INT, QUIT and TERM, without output, in the network namespace of the thread that started it. The lease is
/// the backstop when both die. For one thread.
/// </summary>
public sealed unsafe class AddressGuard : IDisposable
{
    private const int PipeSize = 1024 * 1024;
    private const int EndTimeoutMilliseconds = 2000;

    /// <summary>
    /// Where the pipes' numbers are looked for, the best place first; the second is within every limit on open files. A kernel closes
    /// the files of a dead process from the highest number down, and a packet socket takes it about 10 ms: with the pipes above them
    /// all the guard knows at once, not after the last of them. The lists end first: the guard reads them to their end when the bell ends.
    /// </summary>
    private static readonly int[] s_highNumbers = [4096, 960];

    private readonly Descriptor? _pipe;
    private readonly Descriptor? _bell;
    private readonly Descriptor? _process;
    private readonly int _pid;
    private readonly ArrayBufferWriter<byte> _pending = new();
    private int _pendingStart;

    /// <summary>How many lists are in the pipe that the guard was not rung for.</summary>
    private int _unrung;

    /// <summary>Whether the guard was rung for the list that is not in the pipe as a whole yet.</summary>
    private bool _isRung;
    private HashSet<GuardedAddress> _wanted = [];
    private HashSet<GuardedAddress> _spare = [];
    private List<string> _commands = [];
    private List<string> _spareCommands = [];

    /// <summary>What is wanted and was not sent yet.</summary>
    private readonly List<GuardedAddress> _more = [];

    /// <summary>Whether the list that was sent has what is not wanted any more: only all of it replaces it.</summary>
    private bool _isOther;
    private bool _broken;

    private AddressGuard(Descriptor? pipe, Descriptor? bell, int pid, string? reason)
    {
        _pipe = pipe;
        _bell = bell;
        _pid = pid;
        int opened = pid == 0 ? -1 : SpawnNative.OpenProcess(pid);
        _process = opened < 0 ? null : Descriptor.Own(opened, "watch a process");
        UnavailableReason = reason;
    }

    /// <summary>Whether a guard watches. Otherwise a killed engine's addresses stay until their lease ends.</summary>
    public bool IsActive => _pipe is { IsClosed: false } && !_broken;

    /// <summary>Why no guard watches, in plain words; null while one does.</summary>
    public string? UnavailableReason { get; private set; }

    /// <summary>The guard's process number, or 0.</summary>
    public int ProcessId => _pid;

    /// <summary>A descriptor that becomes readable when the guard has ended; -1 when there is no guard.</summary>
    public int ProcessDescriptor => _process is { IsClosed: false } process ? process.Number : -1;

    /// <summary>The guard has ended although nobody told it to: it watches no more.</summary>
    public void NoteEnded() => Break("somebody killed it");

    /// <summary>
    /// Starts a guard in the network namespace of the calling thread. Never fails: where a guard cannot be had,
    /// <see cref="UnavailableReason"/> says why.
    /// </summary>
    public static AddressGuard Start() => Start(GuardProcess.FindShell(), GuardProcess.FindIp());

    internal static AddressGuard Start(string? shell, string? ip)
    {
        if (shell is null)
        {
            return new AddressGuard(null, null, 0, "there is no /bin/sh");
        }

        if (ip is null)
        {
            return new AddressGuard(null, null, 0, "there is no 'ip' command (install iproute2)");
        }

        Descriptor? lists = null, bell = null, listsEnd = null, bellEnd = null;
        bool isStarted = false;
        try
        {
            // The bell first: the lists are to have the higher number.
            (bell, bellEnd) = OpenPipe();
            (lists, listsEnd) = OpenPipe();
            _ = FileNative.Fcntl(lists.Number, FileNative.F_SETPIPE_SZ, PipeSize);
            int error = GuardProcess.Spawn(shell, ip, bellEnd.Number, listsEnd.Number, out int pid);
            isStarted = error == 0;
            return isStarted
                ? new AddressGuard(lists, bell, pid, null)
                : new AddressGuard(null, null, 0, new KernelException($"start {shell}", error).Message);
        }
        catch (KernelException exception)
        {
            return new AddressGuard(null, null, 0, exception.Message);
        }
        finally
        {
            bellEnd?.Dispose();
            listsEnd?.Dispose();
            if (!isStarted)
            {
                bell?.Dispose();
                lists?.Dispose();
            }
        }
    }

    /// <summary>
    /// Tells the guard the complete list of addresses that it is to remove if this process dies. Call it before an address
    /// is bound and after it is released. Never waits; an unchanged list costs nothing.
    /// </summary>
    /// <param name="addresses">Each address with the name of its interface.</param>
    /// <param name="commands">
    /// What else <c>ip</c> is to do then, of words without blanks and semicolons; <c>-6</c> first where it cannot tell the family. With
    /// <c>write</c> first, a name below /proc/sys/net and the number that it is to have.
    /// </param>
    /// <exception cref="ArgumentException">An interface name has characters that the guard does not take.</exception>
    public void Update(IEnumerable<GuardedAddress> addresses, IEnumerable<string>? commands = null)
    {
        _spare.Clear();
        _spareCommands.Clear();
        foreach (var address in addresses)
        {
            address.ThrowIfUnguardable();
            if (_spare.Add(address) && address.Command is { } command)
            {
                _spareCommands.Add(command);
            }
        }

        _spareCommands.AddRange(commands ?? []);
        _isOther |= !_wanted.IsSubsetOf(_spare) || !_commands.SequenceEqual(_spareCommands, StringComparer.Ordinal);
        _more.AddRange(_spare.Where(address => !_wanted.Contains(address)));
        (_wanted, _spare) = (_spare, _wanted);
        (_commands, _spareCommands) = (_spareCommands, _commands);
        _ = Flush();
    }

    /// <summary>Makes room for a list of so many addresses, so that no takeover has to.</summary>
    public void Reserve(int addresses)
    {
        if (addresses > Math.Min(_wanted.Capacity, _spare.Capacity))
        {
            // Half as many more: they are reserved instance by instance. Both, because they take turns.
            int room = addresses + (addresses / 2);
            _ = _wanted.EnsureCapacity(room);
            _ = _spare.EnsureCapacity(room);
        }
    }

    /// <summary>
    /// Tells the guard of more addresses, however many it knows: a takeover waits for it. Call it before an address is bound. Never waits.
    /// </summary>
    /// <param name="addresses">Each address with the name of its interface; one that is on the list already costs nothing.</param>
    /// <exception cref="ArgumentException">An interface name has characters that the guard does not take.</exception>
    public void Add(IReadOnlyList<GuardedAddress> addresses)
    {
        for (int i = 0; i < addresses.Count; i++)
        {
            var address = addresses[i];
            address.ThrowIfUnguardable();
            if (!_wanted.Add(address))
            {
                continue;
            }

            _more.Add(address);
            if (address.Command is { } command)
            {
                _commands.Add(command);
                _isOther = true;
            }
        }

        _ = Flush();
    }

    /// <summary>Sends what the pipe had no room for; whether the guard has been sent the newest list. Never waits.</summary>
    public bool Flush()
    {
        while (IsActive)
        {
            if (_pendingStart == _pending.WrittenCount)
            {
                if (!_isOther && _more.Count == 0)
                {
                    return true;
                }

                // Only a complete line counts for the guard, so a death in mid-write leaves the old list.
                _pending.ResetWrittenCount();
                _pendingStart = 0;
                WriteNextLine(_pending);
            }

            var rest = _pending.WrittenSpan[_pendingStart..];
            fixed (byte* bytes = rest)
            {
                nint written = FileNative.Write(_pipe!.Number, bytes, (nuint)rest.Length);
                if (written >= 0)
                {
                    _pendingStart += (int)written;
                    if (written == rest.Length)
                    {
                        _unrung += _isRung ? 0 : 1;
                        _isRung = false;
                    }
                }
                else if (Errno.Last == Errno.EAGAIN)
                {
                    // It has to make room: by taking all that is there, the beginning of this one included.
                    _unrung += _isRung ? 0 : 1;
                    _isRung = true;
                    Ring();
                    return false;
                }
                else if (Errno.Last != Errno.EINTR)
                {
                    Break(Errno.Name(Errno.Last));
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Has the guard take what it was sent, now that nothing is urgent any more. Until then it sleeps: it takes a shell five milliseconds to read
    /// a thousand addresses, on the processor that is to bind them if it is woken from there. Never waits.
    /// </summary>
    public void Ring()
    {
        if (_unrung == 0 || !IsActive)
        {
            return;
        }

        Span<byte> text = stackalloc byte[16];
        _ = _unrung.TryFormat(text, out int length, provider: System.Globalization.CultureInfo.InvariantCulture);
        text[length++] = (byte)'\n';
        fixed (byte* bytes = text)
        {
            // So short a line is written as a whole or not at all; where there is no room now, the next bell rings for it, too.
            if (FileNative.Write(_bell!.Number, bytes, (nuint)length) == length)
            {
                _unrung = 0;
            }
        }
    }

    /// <summary>
    /// Lets the guard act as if this process had died, and waits until it has: for an engine that cannot release its
    /// addresses itself any more. What is gone already is no error to it.
    /// </summary>
    public void Trigger()
    {
        if (_pipe is null || _pipe.IsClosed)
        {
            return;
        }

        _ = Flush();
        End();
        GuardProcess.WaitForEnd(_pid, EndTimeoutMilliseconds);
    }

    /// <summary>
    /// Ends the guard. The list is cleared first, so that it removes nothing: releasing addresses is the engine's own work.
    /// </summary>
    public void Dispose()
    {
        if (_pipe is null || _pipe.IsClosed)
        {
            return;
        }

        Update([]);
        bool told = Flush();
        End();
        if (told || _broken)
        {
            GuardProcess.WaitForEnd(_pid, EndTimeoutMilliseconds);
        }
        else
        {
            // It never read the empty list, so it must not act on the one it has.
            GuardProcess.Kill(_pid);
        }
    }

    private void End()
    {
        _pipe!.Dispose();
        _bell!.Dispose();
        _process?.Dispose();
    }

    /// <summary>The line that makes the list that the guard was sent the one that is wanted: what is new, or all of it.</summary>
    private void WriteNextLine(ArrayBufferWriter<byte> text)
    {
        if (_isOther)
        {
            foreach (var address in _wanted)
            {
                address.WriteTo(text);
            }

            foreach (string command in _commands)
            {
                text.Write("; "u8);
                _ = Encoding.ASCII.GetBytes(command, text);
                text.Write(" "u8);
            }
        }
        else
        {
            text.Write("+ "u8);
            foreach (var address in _more)
            {
                address.WriteTo(text);
            }
        }

        _isOther = false;
        _more.Clear();
        text.Write("\n"u8);
    }

    /// <summary>A pipe whose writing end has a high number and never waits.</summary>
    private static (Descriptor Write, Descriptor Read) OpenPipe()
    {
        var (read, low) = Pipe.Open();
        var write = MoveUp(low);
        _ = FileNative.Fcntl(write.Number, FileNative.F_SETFL, FileNative.O_NONBLOCK);
        return (write, read);
    }

    private static Descriptor MoveUp(Descriptor low)
    {
        foreach (int number in s_highNumbers)
        {
            int high = FileNative.Fcntl(low.Number, FileNative.F_DUPFD_CLOEXEC, number);
            if (high >= 0)
            {
                low.Dispose();
                return Descriptor.Own(high, "create a pipe");
            }
        }

        return low;
    }

    private void Break(string cause)
    {
        if (!_broken)
        {
            _broken = true;
            UnavailableReason = $"the guard (process {_pid}) ended: {cause}";
        }
    }
}
