using System.Globalization;
using System.Runtime.InteropServices;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Processes;

/// <summary>
/// Starts processes from the calling thread, and so in that thread's network namespace. Each leads a session and a process group
/// of its own, and inherits no descriptor but those named.
/// </summary>
internal static unsafe class ProcessStarter
{
    /// <summary>The first descriptor behind input, output and errors.</summary>
    private const int FirstOther = 3;

    /// <summary>Starts a program; 0 or the error number.</summary>
    /// <param name="path">The program's path.</param>
    /// <param name="arguments">Its arguments, the first being its name.</param>
    /// <param name="environment">Its variables, each <c>NAME=value</c>.</param>
    /// <param name="input">The descriptor it reads from; -1 for nothing.</param>
    /// <param name="output">The descriptor it writes to, errors too; -1 for nowhere.</param>
    /// <param name="others">The descriptors that it has as numbers 3, 4 and so on.</param>
    /// <param name="isDeaf">Whether signals that ask it to end are blocked from its first instruction on.</param>
    /// <param name="pid">The process, and its group.</param>
    public static int Start(
        string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, int input, int output, ReadOnlySpan<int> others, bool isDeaf, out int pid)
    {
        byte* actions = stackalloc byte[SpawnNative.ActionsSize];
        byte* attributes = stackalloc byte[SpawnNative.AttributesSize];
        _ = SpawnNative.InitActions(actions);
        _ = SpawnNative.InitAttributes(attributes);
        byte** texts = Texts(arguments);
        byte** variables = Texts(environment);
        byte* program = (byte*)Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            fixed (byte* nothing = "/dev/null\0"u8)
            {
                Redirect(actions, input, 0, nothing, isOutput: false);
                Redirect(actions, output, 1, nothing, isOutput: true);
                Redirect(actions, output, 2, nothing, isOutput: true);
                int error = Pass(actions, others);
                if (error != 0)
                {
                    pid = 0;
                    return error;
                }

                CloseOthers(actions, FirstOther + others.Length);
                ApplyAttributes(attributes, isDeaf);
                int child;
                error = SpawnNative.Spawn(&child, program, actions, attributes, texts, variables);
                pid = error == 0 ? child : 0;
                return error;
            }
        }
        finally
        {
            Marshal.FreeCoTaskMem((nint)program);
            Free(texts);
            Free(variables);
            _ = SpawnNative.DestroyActions(actions);
            _ = SpawnNative.DestroyAttributes(attributes);
        }
    }

    private static void Redirect(byte* actions, int descriptor, int target, byte* nothing, bool isOutput)
    {
        if (descriptor >= 0)
        {
            _ = SpawnNative.AddDuplicate(actions, descriptor, target);
        }
        else
        {
            _ = SpawnNative.AddOpen(actions, target, nothing, isOutput ? 1 : 0, 0);
        }
    }

    /// <summary>
    /// Gives descriptors the first numbers behind errors; by way of numbers that none of them has, or one would take another's. 0 or the error
    /// number: a number may be beyond the limit on open files.
    /// </summary>
    private static int Pass(byte* actions, ReadOnlySpan<int> others)
    {
        int free = FirstOther + others.Length;
        foreach (int other in others)
        {
            free = Math.Max(free, other + 1);
        }

        int error = 0;
        for (int i = 0; i < others.Length && error == 0; i++)
        {
            error = SpawnNative.AddDuplicate(actions, others[i], free + i);
        }

        for (int i = 0; i < others.Length && error == 0; i++)
        {
            error = SpawnNative.AddDuplicate(actions, free + i, FirstOther + i);
            if (error == 0)
            {
                // Not every C library closes whatever is open by then.
                error = SpawnNative.AddClose(actions, free + i);
            }
        }

        return error;
    }

    /// <summary>Whatever is open by then, also what another thread has just opened without the flag for it; where the C library can do that.</summary>
    private static void CloseOthers(byte* actions, int first)
    {
        try
        {
            _ = SpawnNative.AddCloseFrom(actions, first);
        }
        catch (EntryPointNotFoundException)
        {
            foreach (int inherited in InheritableDescriptors(first))
            {
                _ = SpawnNative.AddClose(actions, inherited);
            }
        }
    }

    private static void ApplyAttributes(byte* attributes, bool isDeaf)
    {
        // A blocked signal stays blocked across exec, and in what the child starts. Whatever this thread blocks is not for the child.
        ulong* signals = stackalloc ulong[SpawnNative.SignalSetSize / sizeof(ulong)];
        new Span<ulong>(signals, SpawnNative.SignalSetSize / sizeof(ulong)).Clear();
        ulong requests = Bit(SpawnNative.SIGHUP) | Bit(SpawnNative.SIGINT) | Bit(SpawnNative.SIGQUIT) | Bit(SpawnNative.SIGTERM);
        signals[0] = isDeaf ? requests : 0;
        _ = SpawnNative.SetSignalMask(attributes, signals);
        signals[0] = Bit(SpawnNative.SIGPIPE) | (isDeaf ? 0 : requests);
        _ = SpawnNative.SetDefaultSignals(attributes, signals);
        _ = SpawnNative.SetFlags(
            attributes,
            SpawnNative.POSIX_SPAWN_SETSID | SpawnNative.POSIX_SPAWN_SETSIGMASK | SpawnNative.POSIX_SPAWN_SETSIGDEF);

        static ulong Bit(int signal) => 1UL << (signal - 1);
    }

    /// <summary>The descriptors that exec would pass on: not those of this runtime, but those that this process inherited itself.</summary>
    private static List<int> InheritableDescriptors(int first)
    {
        var found = new List<int>();
        foreach (string path in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int fd) && fd >= first)
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

    private static byte** Texts(IReadOnlyList<string> texts)
    {
        byte** list = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Count; i++)
        {
            list[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        return list;
    }

    private static void Free(byte** texts)
    {
        for (byte** text = texts; *text is not null; text++)
        {
            Marshal.FreeCoTaskMem((nint)(*text));
        }

        NativeMemory.Free(texts);
    }
}
