using System.Globalization;
using System.Runtime.InteropServices;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Control.Access;

/// <summary>The group whose members may change what the service does.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What it was called when it was chosen; null for the group of the service itself.</param>
public sealed unsafe record ControlGroup(uint Id, string? Name)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>The group of this process, and so of the socket's file.</summary>
    public static ControlGroup Own() => new(UserNative.EffectiveGroup(), null);

    /// <summary>Finds a group by its name or number.</summary>
    /// <exception cref="VrrpException">UserNotFound.</exception>
    public static ControlGroup Find(string text)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint id))
        {
            return new ControlGroup(id, text);
        }

        byte* buffer = (byte*)NativeMemory.Alloc(BufferSize);
        try
        {
            GroupEntry entry;
            GroupEntry* found;
            return UserNative.FindGroup(text, &entry, buffer, BufferSize, &found) == 0 && found is not null
                ? new ControlGroup(found->GroupId, text)
                : throw VrrpErrors.GroupNotFound(text);
        }
        finally
        {
            NativeMemory.Free(buffer);
        }
    }

    /// <summary><c>'vrrpps' (gid 998)</c>.</summary>
    public override string ToString() => Name is null ? $"gid {Id}, the service's own" : $"'{Name}' (gid {Id})";
}
