using System.Globalization;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>What a process holds.</summary>
/// <param name="Kilobytes">Resident memory.</param>
/// <param name="Descriptors">Open descriptors.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct ProcessFootprint(long Kilobytes, int Descriptors, int Threads)
{
    /// <summary>Looks at a process.</summary>
    public static ProcessFootprint Of(int processId)
    {
        string[] status = File.ReadAllLines($"/proc/{processId}/status");
        return new(Read(status, "VmRSS:"), Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length, (int)Read(status, "Threads:"));
    }

    private static long Read(string[] status, string name) => long.Parse(
        status.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
