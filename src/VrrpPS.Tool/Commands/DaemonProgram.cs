using System.Globalization;
using System.Runtime.InteropServices;
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

    /// <summary>
    /// Replaces this process by it; the process number and what is open stay. Returns where it is not beside this program, or where it could
    /// do less than this one.
    /// </summary>
    /// <param name="options">What it is to do.</param>
    /// <param name="error">Where a refusal of the kernel is said.</param>
    public static void TryBecome(RunOptions options, TextWriter error)
    {
        string program = Path.Combine(AppContext.BaseDirectory, Name);
        if (!File.Exists(program) || AnybodyMayWriteTo(AppContext.BaseDirectory) || !KeepsCapabilities(File.ReadLines("/proc/self/status")))
        {
            return;
        }

        _ = ProcessNative.ExecuteFile(program, [program, RunArguments.By, ProductVersion.Text, .. RunArguments.Write(options), null]);
        string words = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
        error.WriteLine($"vrrpps: warning: {program} cannot be run ({words}); this program serves itself, which takes more memory. Install both anew.");
    }

    /// <summary>Whether what lies beside this program may be a stranger's, as in /tmp.</summary>
    private static bool AnybodyMayWriteTo(string directory)
        => (File.GetUnixFileMode(directory) & (UnixFileMode.OtherWrite | UnixFileMode.StickyBit)) != UnixFileMode.None;

    /// <summary>
    /// Whether another program has the same capabilities as this one (capabilities(7)). Those that were given to this file (setcap) it
    /// would not have.
    /// </summary>
    /// <param name="status">/proc/self/status.</param>
    internal static bool KeepsCapabilities(IEnumerable<string> status)
    {
        ulong permitted = 0, ambient = 0;
        bool isRoot = false;
        foreach (string line in status)
        {
            switch (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                case ["CapPrm:", var mask]:
                    permitted = ulong.Parse(mask, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                    break;
                case ["CapAmb:", var mask]:
                    ambient = ulong.Parse(mask, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                    break;
                case ["Uid:", _, var effective, ..]:
                    isRoot = effective == "0";
                    break;
            }
        }

        return isRoot || (permitted & ~ambient) == 0;
    }
}
