using VrrpPS.Service.Native;
using VrrpPS.Service.Run;

namespace VrrpPS.Tool.Commands;

/// <summary>
/// <c>vrrppsd</c>: the program that does what <c>vrrpps run</c> does, and nothing else. A native program's tables of types are unpacked into memory
/// as a whole when it starts and stay there; those of the command line, the lab and the other commands are a quarter of them, and a
/// service that runs for years needs none.
/// </summary>
internal static class DaemonProgram
{
    /// <summary>What it is called.</summary>
    public const string Name = "vrrppsd";

    /// <summary>Replaces this process by it; the process number and what is open stay. Returns where it is not beside this program.</summary>
    public static void TryBecome(RunOptions options)
    {
        if (Environment.ProcessPath is { } own && Path.Combine(Path.GetDirectoryName(own)!, Name) is var program && File.Exists(program))
        {
            _ = ProcessNative.Execute(program, [program, .. RunArguments.Write(options), null]);
        }
    }
}
