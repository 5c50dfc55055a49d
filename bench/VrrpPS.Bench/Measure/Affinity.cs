using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// Keeps the harness, with all its threads, off the processor that is measured. Children inherit it; a node is started with taskset
/// on the other one.
/// </summary>
internal sealed unsafe partial class Affinity : IDisposable
{
    /// <summary>Where the harness, the generator and everything else goes.</summary>
    public const int Harness = 0;

    /// <summary>Where the node under test goes, its guard and its children included.</summary>
    public const int Node = 1;

    /// <summary><see cref="Harness"/>, as taskset takes it.</summary>
    public static string OfHarness => Harness.ToString(CultureInfo.InvariantCulture);

    /// <summary><see cref="Node"/>, as taskset takes it.</summary>
    public static string OfNode => Node.ToString(CultureInfo.InvariantCulture);

    /// <summary>All processors, as taskset takes them.</summary>
    public static string Any => string.Create(CultureInfo.InvariantCulture, $"0-{Environment.ProcessorCount - 1}");

    /// <summary>Puts every thread of this process on <see cref="Harness"/>.</summary>
    /// <exception cref="BenchException">There is only one processor.</exception>
    public Affinity()
    {
        if (Environment.ProcessorCount < 2)
        {
            throw new BenchException("The processor time of a node is measured on a processor of its own: two are needed, this machine has one.");
        }

        SetAll(1UL << Harness);
    }

    /// <summary>Puts the calling thread on a processor.</summary>
    public static void PinThread(int processor) => Set(0, 1UL << processor);

    /// <summary>Lets the calling thread run on all processors.</summary>
    public static void FreeThread() => Set(0, All);

    /// <inheritdoc/>
    public void Dispose() => SetAll(All);

    private static ulong All => ulong.MaxValue >> (64 - Math.Min(64, Environment.ProcessorCount));

    private static void SetAll(ulong mask)
    {
        foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            Set(int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture), mask);
        }
    }

    private static void Set(int thread, ulong mask)
    {
        const int NoSuchProcess = 3;
        if (SetAffinity(thread, sizeof(ulong), &mask) < 0 && Marshal.GetLastPInvokeError() is var error && error != NoSuchProcess)
        {
            throw new BenchException($"Cannot choose a processor: {new Win32Exception(error).Message}");
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint size, ulong* mask);
}
