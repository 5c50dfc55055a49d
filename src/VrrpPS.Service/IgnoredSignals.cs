using System.Globalization;
using VrrpPS.Service.Native;

namespace VrrpPS.Service;

/// <summary>
/// Signals that whoever started this process had it ignore: a shell script's <c>&amp;</c> does so with SIGINT and SIGQUIT,
/// nohup with SIGHUP. .NET never takes such a signal, whatever is registered for it; but what this program promises for its
/// signals it promises however it was started.
/// </summary>
internal static class IgnoredSignals
{
    private const string Mask = "SigIgn:";
    private static readonly int[] s_signals = [ProcessNative.SigHup, ProcessNative.SigInt, ProcessNative.SigQuit, ProcessNative.SigTerm];

    /// <summary>Gives them back their default. To be called before anything is registered for them.</summary>
    public static void Restore()
    {
        var ignored = ReadMask();
        foreach (var signal in s_signals)
        {
            if ((ignored >> (signal - 1) & 1) != 0)
            {
                _ = ProcessNative.SetDisposition(signal, 0);
            }
        }
    }

    private static ulong ReadMask()
    {
        try
        {
            var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Mask, StringComparison.Ordinal));
            return line is null ? 0 : ulong.Parse(line.AsSpan(Mask.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No /proc: then nothing can be told, and the signals stay as they are.
            return 0;
        }
    }
}
