using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Processes;

namespace VrrpPS.Engine.Linux;

/// <summary>The guard's child process: what it runs and how it is started and awaited.</summary>
internal static unsafe class GuardProcess
{
    /// <summary>
    /// Takes lists from descriptor 3, one line each, and removes the last complete one at the end of its input, which is its bell: each line
    /// of that says how many lists are to be taken now. A shell reads byte by byte; while the engine takes over, it sleeps on the bell
    /// and leaves the processor to the engine. What was not rung for is taken at the end. A list that begins with a plus sign
    /// has addresses to be put in front of the list. The ip that does it runs from
    /// the start and waits for its batch, in a pipe that the shell was given both ends of (a pipeline would need a shell more, to wait for
    /// it): when the engine dies, nothing is forked, loaded or linked any more. The lines are data:
    /// they are split into words and printed, never evaluated ($0 is the path of ip). First the addresses in short, then, each behind a
    /// semicolon, whole commands; 'write' with a name below /proc/sys/net and a number sets that; those that name their family (-6 first: ip finds it out for all but rules) run on their own. Where the
    /// batch cannot be written (an ip without batches, as BusyBox's, or one that died) everything gets a command of its own.
    /// </summary>
    internal const string Script = """
        trap '' HUP INT QUIT TERM PIPE
        set -f
        take() {
            IFS= read -r line <&3 || return 1
            case $line in
                '+ '*) list=${line#??}$list ;;
                *) list=$line ;;
            esac
        }
        guard() {
            list=
            while read -r count; do
                while [ "$count" -gt 0 ] && take; do count=$((count - 1)); done
            done
            while take; do :; done
            set -- $list
            while [ $# -ge 2 ] && [ "$1" != ';' ]; do
                printf 'address delete %s dev %s\n' "$1" "$2" || "$0" address delete "$1" dev "$2"
                shift 2
            done
            while [ $# -ge 2 ]; do
                shift
                command=
                while [ $# -ge 1 ] && [ "$1" != ';' ]; do command="$command $1"; shift; done
                case $command in
                    ' -6 '*) "$0" $command ;;
                    ' write '*)
                        command=${command# write }
                        printf '%s\n' "${command#* }" > "/proc/sys/net/${command%% *}" ;;
                    *) printf '%s\n' "$command" || "$0" $command ;;
                esac
            done
        }
        "$0" -force -batch - <&4 3<&- 4<&- 5>&- &
        exec >&5 4<&- 5>&-
        guard
        exec > /dev/null
        wait
        """;

    private static readonly string[] IpPaths = ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip", "/usr/local/sbin/ip"];

    public static string? FindShell() => File.Exists("/bin/sh") ? "/bin/sh" : null;

    public static string? FindIp() => Array.Find(IpPaths, File.Exists);

    /// <summary>Starts the script with its bell as standard input, its lists, and the pipe for its batch; 0 or the error number.</summary>
    /// <exception cref="KernelException">There is no pipe to be had.</exception>
    public static int Spawn(string shell, string ip, int bell, int lists, out int pid)
    {
        var (read, write) = Pipe.Open();
        using (read)
        using (write)
        {
            return ProcessStarter.Start(shell, [shell, "-c", Script, ip], ["LC_ALL=C"], bell, output: -1, [lists, read.Number, write.Number], isDeaf: true, out pid);
        }
    }

    /// <summary>Waits for a child to end, and collects it; one that does not end in time is killed.</summary>
    public static void WaitForEnd(int pid, int timeoutMilliseconds)
    {
        int opened = SpawnNative.OpenProcess(pid);
        if (opened >= 0)
        {
            using var process = Descriptor.Own(opened, "watch a process");
            var poll = new PollFd { Fd = process.Number, Events = FileNative.POLLIN };
            if (FileNative.Poll(&poll, 1, timeoutMilliseconds) == 0)
            {
                Kill(pid);
                return;
            }
        }

        Collect(pid);
    }

    /// <summary>Kills a child with all that it has started (it leads a session of its own) and collects it.</summary>
    public static void Kill(int pid)
    {
        _ = SpawnNative.Kill(-pid, SpawnNative.SIGKILL);
        Collect(pid);
    }

    private static void Collect(int pid)
    {
        int status;
        while (SpawnNative.Wait(pid, &status, 0) < 0 && Errno.Last == Errno.EINTR)
        {
            // Interrupted: the child is still to be collected. ECHILD means that the runtime has done it.
        }
    }
}
