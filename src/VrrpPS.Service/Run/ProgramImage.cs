using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace VrrpPS.Service.Run;

/// <summary>
/// The program on disk and in memory. What is published as one file is read from its path, assembly by assembly, as each is first
/// needed. An update replaces the file while the old program still runs and has its hand-over before it: it would then read the new
/// file's bytes as the old one's, and crash. So everything is read before the service begins.
/// </summary>
internal static class ProgramImage
{
    /// <summary>Loads every assembly that this program can come to need.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A reference that trimming removed needs no loading.")]
    public static void LoadWhole()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            // A native program is mapped as a whole.
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<Assembly>([Assembly.GetEntryAssembly() ?? typeof(ProgramImage).Assembly]);
        while (waiting.TryDequeue(out var assembly))
        {
            foreach (var name in assembly.GetReferencedAssemblies())
            {
                if (seen.Add(name.FullName) && TryLoad(name) is { } next)
                {
                    waiting.Enqueue(next);
                }
            }
        }
    }

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            // Trimmed away: nothing that is left needs it.
            return null;
        }
    }
}
