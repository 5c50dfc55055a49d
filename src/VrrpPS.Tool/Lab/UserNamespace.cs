using System.Runtime.InteropServices;
using VrrpPS.Engine.Errors;
using VrrpPS.Service.Native;

namespace VrrpPS.Tool.Lab;

/// <summary>
/// A lab without root: the program starts itself again as root of a user namespace of its own, with a network and a
/// <c>/run</c> of its own, where it may do to that network what it likes and to the machine nothing.
/// </summary>
internal static class UserNamespace
{
    /// <summary>The hidden option that says "already inside"; it keeps a refusal from becoming a loop.</summary>
    public const string InsideOption = "--in-user-namespace";

    /// <summary>Whether the process needs one.</summary>
    public static bool IsNeeded => ProcessNative.GetEffectiveUserId() != 0;

    /// <summary>Replaces this process by the same command inside; returns only by throwing.</summary>
    /// <exception cref="VrrpException"><see cref="ErrorIds.LabUnusable"/>: <c>unshare</c> cannot be run.</exception>
    public static void Enter(IEnumerable<string> labArguments)
    {
        var (file, arguments) = SelfExecutable.Command(["lab", .. labArguments, InsideOption]);
        string?[] command =
        [
            "unshare", "--user", "--map-root-user", "--net", "--mount", "--",
            "sh", "-c", "mount -t tmpfs tmpfs /run && exec \"$@\"", "vrrpps-lab", file, .. arguments, null,
        ];
        _ = ProcessNative.Execute("unshare", command);
        throw VrrpErrors.LabUnusable(
            "without root it needs 'unshare' (package util-linux) to make a user namespace, and that could not be started: "
            + Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
    }
}
