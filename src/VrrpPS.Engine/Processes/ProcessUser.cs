using System.Globalization;
using System.Runtime.InteropServices;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Processes;

/// <summary>The user and group that a child process runs as.</summary>
internal sealed unsafe class ProcessUser
{
    private const int BufferSize = 64 * 1024;

    /// <summary>
    /// Between fork and exec nothing managed may run, and posix_spawn changes no user: a program of every distribution's base does,
    /// which drops what capabilities it was given as well.
    /// </summary>
    private static readonly string[] SwitcherPaths = ["/usr/bin/setpriv", "/bin/setpriv"];

    private ProcessUser(uint userId, uint groupId)
    {
        UserId = userId;
        GroupId = groupId;
    }

    public uint UserId { get; }

    public uint GroupId { get; }

    /// <summary>Whether this process runs as that user and group already.</summary>
    public bool IsCurrent => UserId == UserNative.EffectiveUser() && GroupId == UserNative.EffectiveGroup();

    /// <summary>Looks up <c>name</c> or <c>name:group</c>.</summary>
    /// <exception cref="VrrpException">UserNotFound.</exception>
    public static ProcessUser Find(string text)
    {
        string[] names = text.Split(':', 2);
        var user = FindUser(names[0]) ?? throw VrrpErrors.UserNotFound(names[0]);
        return names.Length == 1
            ? user
            : new ProcessUser(user.UserId, FindGroup(names[1]) ?? throw VrrpErrors.GroupNotFound(names[1]));
    }

    /// <summary>The arguments that make a command run as that user.</summary>
    /// <exception cref="VrrpException">MissingCapability, or ProgramNotFound for the program that changes the user.</exception>
    public IReadOnlyList<string> Wrap(IReadOnlyList<string> command)
    {
        if (IsCurrent)
        {
            return command;
        }

        ProcessCapabilities.Require(Capabilities.SetUid | Capabilities.SetGid | Capabilities.Kill);
        string switcher = Array.Find(SwitcherPaths, File.Exists) ?? throw VrrpErrors.UserSwitchUnavailable();
        return
        [
            switcher,
            string.Create(CultureInfo.InvariantCulture, $"--reuid={UserId}"),
            string.Create(CultureInfo.InvariantCulture, $"--regid={GroupId}"),
            "--init-groups",
            "--inh-caps=-all",
            "--ambient-caps=-all",
            "--",
            .. command,
        ];
    }

    private static ProcessUser? FindUser(string name)
    {
        byte* buffer = (byte*)NativeMemory.Alloc(BufferSize);
        try
        {
            UserEntry entry;
            UserEntry* found;
            return UserNative.FindUser(name, &entry, buffer, BufferSize, &found) == 0 && found is not null
                ? new ProcessUser(found->UserId, found->GroupId)
                : null;
        }
        finally
        {
            NativeMemory.Free(buffer);
        }
    }

    private static uint? FindGroup(string name)
    {
        byte* buffer = (byte*)NativeMemory.Alloc(BufferSize);
        try
        {
            GroupEntry entry;
            GroupEntry* found;
            return UserNative.FindGroup(name, &entry, buffer, BufferSize, &found) == 0 && found is not null ? found->GroupId : null;
        }
        finally
        {
            NativeMemory.Free(buffer);
        }
    }
}
