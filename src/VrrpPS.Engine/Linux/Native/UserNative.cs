using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>Imports to look users and groups up wherever the system keeps them (files, LDAP, systemd).</summary>
internal static unsafe partial class UserNative
{
    [LibraryImport(Libc.Name, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Libc.Name, EntryPoint = "getegid")]
    public static partial uint EffectiveGroup();

    [LibraryImport(Libc.Name, EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FindUser(string name, UserEntry* entry, byte* buffer, nuint size, UserEntry** result);

    [LibraryImport(Libc.Name, EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FindGroup(string name, GroupEntry* entry, byte* buffer, nuint size, GroupEntry** result);
}
