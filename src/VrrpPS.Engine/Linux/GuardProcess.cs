using System.Globalization;
using System.Text;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux;

/// <summary>The guard's child process: what it runs and how it is started and awaited.</summary>
internal static unsafe class GuardProcess
{
    /// <summary>
    /// Reads lists, one line each, until the end of its input, then removes the last complete one with one command. The lines are
    /// data: they are split into words and printed, never evaluated ($0 is the path of ip). First the addresses in short, then, each
    /// behind a semicolon, whole commands with their family first. An ip without batches (BusyBox) gets one command per address.
    /// </summary>
    internal const string Script = """
        trap '' HUP INT QUIT TERM PIPE
        set -f
        list=
        while IFS= read -r line; do list=$line; done
        [ -n "$list" ] || exit 0
        set -- $list
        remove() {
            while [ $# -ge 2 ] && [ "$1" != ';' ]; do printf 'address delete %s dev %s\n' "$1" "$2"; shift 2; done
        }
        commands() {
            family=$1 take=
            shift
            for word do
                case $word in
                    ';') [ -z "$take" ] || echo; take= ;;
                    -4 | -6) [ "$word" != "$family" ] || take=1 ;;
                    *) [ -z "$take" ] || printf '%s ' "$word" ;;
                esac
            done
            echo
        }
        others() {
            commands "$@" | "$0" "$1" -force -batch - && return
            commands "$@" | while IFS= read -r command; do "$0" "$1" $command; done
        }
        case $list in *'; -4 '*) others -4 "$@" & ;; esac
        case $list in *'; -6 '*) others -6 "$@" & ;; esac
        if ! remove "$@" | "$0" -force -batch -; then
            while [ $# -ge 2 ] && [ "$1" != ';' ]; do "$0" address delete "$1" dev "$2"; shift 2; done
        fi
        wait
        """;

    private static readonly string[] IpPaths = ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip", "/usr/local/sbin/ip"];

    public static string? FindShell() => File.Exists("/bin/sh") ? "/bin/sh" : null;

    public static string? FindIp() => Array.Find(IpPaths, File.Exists);

    /// <summary>Starts the script with <paramref name="input"/> as its standard input; 0 or the error number.</summary>
    public static int Spawn(string shell, string ip, int input, out int pid)
    {
        byte* actions = stackalloc byte[SpawnNative.ActionsSize];
        byte* attributes = stackalloc byte[SpawnNative.AttributesSize];
        _ = SpawnNative.InitActions(actions);
        _ = SpawnNative.InitAttributes(attributes);
        try
        {
            fixed (byte* nothing = "/dev/null\0"u8)
            fixed (byte* shellPath = Text(shell), option = Text("-c"), script = Text(Script), ipPath = Text(ip), environment = Text("LC_ALL=C"))
            {
                _ = SpawnNative.AddDuplicate(actions, input, 0);
                _ = SpawnNative.AddOpen(actions, 1, nothing, 1, 0);
                _ = SpawnNative.AddOpen(actions, 2, nothing, 1, 0);
                foreach (int inherited in InheritableDescriptors())
                {
                    _ = SpawnNative.AddClose(actions, inherited);
                }

                ApplyAttributes(attributes);
                byte** arguments = stackalloc byte*[5];
                arguments[0] = shellPath;
                arguments[1] = option;
                arguments[2] = script;
                arguments[3] = ipPath;
                arguments[4] = null;
                byte** variables = stackalloc byte*[2];
                variables[0] = environment;
                variables[1] = null;
                int child;
                int error = SpawnNative.Spawn(&child, shellPath, actions, attributes, arguments, variables);
                pid = error == 0 ? child : 0;
                return error;
            }
        }
        finally
        {
            _ = SpawnNative.DestroyActions(actions);
            _ = SpawnNative.DestroyAttributes(attributes);
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

    /// <summary>Kills and collects a child.</summary>
    public static void Kill(int pid)
    {
        _ = SpawnNative.Kill(pid, SpawnNative.SIGKILL);
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

    private static void ApplyAttributes(byte* attributes)
    {
        // Deaf from its first instruction: a blocked signal stays blocked across exec and in the ip that it starts.
        ulong* signals = stackalloc ulong[SpawnNative.SignalSetSize / sizeof(ulong)];
        new Span<ulong>(signals, SpawnNative.SignalSetSize / sizeof(ulong)).Clear();
        signals[0] = Bit(SpawnNative.SIGHUP) | Bit(SpawnNative.SIGINT) | Bit(SpawnNative.SIGQUIT) | Bit(SpawnNative.SIGTERM);
        _ = SpawnNative.SetSignalMask(attributes, signals);
        signals[0] = Bit(SpawnNative.SIGPIPE);
        _ = SpawnNative.SetDefaultSignals(attributes, signals);
        _ = SpawnNative.SetFlags(
            attributes,
            SpawnNative.POSIX_SPAWN_SETSID | SpawnNative.POSIX_SPAWN_SETSIGMASK | SpawnNative.POSIX_SPAWN_SETSIGDEF);

        static ulong Bit(int signal) => 1UL << (signal - 1);
    }

    /// <summary>The descriptors that exec would pass on: not those of this runtime, but those that this process inherited itself.</summary>
    private static List<int> InheritableDescriptors()
    {
        var found = new List<int>();
        foreach (string path in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int fd) && fd > 2)
            {
                int flags = FileNative.Fcntl(fd, FileNative.F_GETFD, 0);
                if (flags >= 0 && (flags & FileNative.FD_CLOEXEC) == 0)
                {
                    found.Add(fd);
                }
            }
        }

        return found;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + "\0");
}
