using System.Diagnostics;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Processes;

/// <summary>
/// Runs one command to its end within bounds: arguments without a shell, no inherited variable or descriptor, a session of its own,
/// a chosen user, a time limit that ends it and all that it started, and only the last line of its output kept.
/// </summary>
public static unsafe class ChildProcess
{
    private const int Readable = 0;
    private const int Ended = 1;
    private const int Cancelled = 2;
    private const int ReadSize = 4096;

    /// <summary>
    /// Runs the command and waits for it. It is started by the calling thread and so runs in that thread's network namespace; the
    /// thread waits, so it must be one that nobody waits for: never the loop's.
    /// </summary>
    /// <param name="options">What to run.</param>
    /// <param name="cancellationToken">Ends the command at once (SIGKILL to its group).</param>
    /// <exception cref="VrrpException">ProgramNotFound, UserNotFound or MissingCapability.</exception>
    /// <exception cref="KernelException">The kernel refused to start it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing of it runs any more.</exception>
    public static ChildProcessResult Run(ChildProcessOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var arguments = Arguments(options.Command, options.User);
        var (read, write) = Pipe.Open();
        using var output = read;
        int pid;
        long started;
        using (write)
        {
            started = Stopwatch.GetTimestamp();
            int error = ProcessStarter.Start(arguments[0], arguments, Variables(options), input: -1, write.Number, others: [], isDeaf: false, out pid);
            if (error != 0)
            {
                throw new KernelException($"start {arguments[0]}", error);
            }
        }

        _ = FileNative.Fcntl(read.Number, FileNative.F_SETFL, FileNative.O_NONBLOCK);
        using var cancelled = new EventFd();
        using var registration = cancellationToken.UnsafeRegister(static state => ((EventFd)state!).Signal(), cancelled);
        var tail = new OutputTail();
        bool timedOut = Watch(options, pid, read, cancelled, tail);
        if (timedOut || options.KillsStragglers || cancellationToken.IsCancellationRequested)
        {
            // Before it is collected: its number names its group and nothing else until then.
            _ = SpawnNative.Kill(-pid, SpawnNative.SIGKILL);
        }

        int status = Collect(pid);
        var duration = Stopwatch.GetElapsedTime(started);
        cancellationToken.ThrowIfCancellationRequested();
        int signal = status & 0x7F;
        return new ChildProcessResult(
            status >= 0 && signal == 0 ? (status >> 8) & 0xFF : null,
            status >= 0 && signal != 0 ? signal : null,
            timedOut,
            tail.Take(),
            duration);
    }

    /// <summary>Refuses a command that could not be started on this node.</summary>
    /// <exception cref="VrrpException">ProgramNotFound, UserNotFound or MissingCapability.</exception>
    public static void Require(IReadOnlyList<string> command, string? user) => _ = Arguments(command, user);

    private static IReadOnlyList<string> Arguments(IReadOnlyList<string> command, string? user)
    {
        IReadOnlyList<string> arguments = [FindProgram(command[0]), .. command.Skip(1)];
        return user is null ? arguments : ProcessUser.Find(user).Wrap(arguments);
    }

    /// <summary>The path of a program: itself when it has a slash, otherwise where <see cref="ChildProcessOptions.SearchPath"/> has it.</summary>
    /// <exception cref="VrrpException">ProgramNotFound.</exception>
    public static string FindProgram(string name)
    {
        if (name.Contains('/'))
        {
            return File.Exists(name) ? name : throw VrrpErrors.ProgramNotFound(name);
        }

        foreach (string directory in ChildProcessOptions.SearchPath.Split(':'))
        {
            string path = $"{directory}/{name}";
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw VrrpErrors.ProgramNotFound(name);
    }

    private static string[] Variables(ChildProcessOptions options)
        => [$"PATH={ChildProcessOptions.SearchPath}", .. options.Environment.Select(static pair => $"{pair.Key}={pair.Value}")];

    /// <summary>Waits until the process has ended or must; whether its time ran out.</summary>
    private static bool Watch(ChildProcessOptions options, int pid, Descriptor output, EventFd cancelled, OutputTail tail)
    {
        int opened = SpawnNative.OpenProcess(pid);
        if (opened < 0)
        {
            var refusal = KernelException.Last("watch a process");
            _ = SpawnNative.Kill(-pid, SpawnNative.SIGKILL);
            _ = Collect(pid);
            throw refusal;
        }

        using var process = Descriptor.Own(opened, "watch a process");
        var polled = stackalloc PollFd[3];
        polled[Readable] = new PollFd { Fd = output.Number, Events = FileNative.POLLIN };
        polled[Ended] = new PollFd { Fd = process.Number, Events = FileNative.POLLIN };
        polled[Cancelled] = new PollFd { Fd = cancelled.FileDescriptor, Events = FileNative.POLLIN };
        long started = Stopwatch.GetTimestamp();
        bool timedOut = false;
        var limit = options.Timeout;
        while (true)
        {
            var left = limit - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                if (timedOut)
                {
                    return true;
                }

                timedOut = true;
                limit += options.KillAfter;
                _ = SpawnNative.Kill(-pid, SpawnNative.SIGTERM);
                continue;
            }

            // Rounded up: a wait of 0 ms for the rest of a millisecond would be a busy one.
            int count = FileNative.Poll(polled, 3, (int)Math.Min(int.MaxValue, Math.Ceiling(left.TotalMilliseconds)));
            if (count <= 0)
            {
                continue;
            }

            if (polled[Readable].Returned != 0 && !Read(output, tail))
            {
                polled[Readable].Fd = -1;
            }

            if (polled[Ended].Returned != 0)
            {
                // Whatever it wrote is in the pipe by now; others that hold the pipe are not waited for.
                _ = polled[Readable].Fd >= 0 && Read(output, tail);
                return timedOut;
            }

            if (polled[Cancelled].Returned != 0)
            {
                return timedOut;
            }
        }
    }

    /// <summary>Takes what is there, but no more than a pipe holds; false at the end of the output.</summary>
    private static bool Read(Descriptor output, OutputTail tail)
    {
        byte* buffer = stackalloc byte[ReadSize];
        for (int i = 0; i < 16; i++)
        {
            nint count = FileNative.Read(output.Number, buffer, ReadSize);
            if (count <= 0)
            {
                return count < 0 && Errno.Last is (Errno.EAGAIN or Errno.EINTR);
            }

            tail.Add(new ReadOnlySpan<byte>(buffer, (int)count));
        }

        return true;
    }

    /// <summary>The wait status, or -1 when the runtime has collected the process.</summary>
    private static int Collect(int pid)
    {
        int status;
        int result;
        do
        {
            result = SpawnNative.Wait(pid, &status, 0);
        }
        while (result < 0 && Errno.Last == Errno.EINTR);
        return result == pid ? status : -1;
    }
}
