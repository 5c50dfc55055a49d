using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Processes;

/// <summary>Judges whether anybody but root, or the user of this process, could make a program do something else.</summary>
internal static class SafeProgram
{
    private const uint GroupWrite = 0x10;
    private const uint OthersWrite = 0x2;

    /// <summary>What is unsafe about a program, with the way out; null for nothing. Looks at the file behind all links, and at every directory above it.</summary>
    public static string? Problem(string path)
    {
        int opened = FileNative.Open(path, FileNative.O_PATH | FileNative.O_CLOEXEC, 0);
        if (opened < 0)
        {
            return $"{path} cannot be looked at: {Errno.Describe(Errno.Last)}. Name a program that exists.";
        }

        string real;
        using (Descriptor.Own(opened, "open a program"))
        {
            real = File.ResolveLinkTarget($"/proc/self/fd/{opened}", returnFinalTarget: false)?.FullName ?? path;
        }

        for (string? place = real; place is not null; place = Path.GetDirectoryName(place))
        {
            if (ProblemAt(place) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? ProblemAt(string place)
    {
        int opened = FileNative.Open(place, FileNative.O_PATH | FileNative.O_CLOEXEC, 0);
        if (opened < 0)
        {
            return $"{place} cannot be looked at: {Errno.Describe(Errno.Last)}.";
        }

        using var descriptor = Descriptor.Own(opened, "open a directory");
        var status = FileStatus.Of(opened);
        if (status.UserId != 0 && status.UserId != UserNative.EffectiveUser())
        {
            return $"{place} belongs to user {status.UserId}, who could change it. Give it to root ('chown root').";
        }

        // In a sticky directory others cannot replace what is not theirs.
        if ((status.Mode & OthersWrite) != 0 && !status.IsSticky || (status.Mode & GroupWrite) != 0 && status.GroupId != 0 && !status.IsSticky)
        {
            return $"{place} is writable by others, who could change it. Take that from them ('chmod go-w').";
        }

        return null;
    }
}
