using System.Collections.Concurrent;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime;

/// <summary>
/// Refuses to start beside a keepalived that speaks for the same virtual router on the same interface: two speakers of one host
/// do not hear each other's packets as two hosts would, so both would be Master. Which virtual routers a keepalived has, only
/// its configuration file tells; one that cannot be read is no reason to refuse. May be used by any thread.
/// </summary>
internal sealed class LocalKeepalivedCheck
{
    private const string DefaultPath = "/etc/keepalived/keepalived.conf";

    /// <summary>For so long (ns) a look counts for the next instance, too: a service starts hundreds at once, on a machine with thousands of processes.</summary>
    private const long Fresh = Instant.NanosecondsPerSecond / 4;

    private readonly ConcurrentDictionary<string, Look> _looks = new(StringComparer.Ordinal);

    /// <summary>Looks at every keepalived in the instance's network namespace.</summary>
    /// <exception cref="VrrpException">VirtualRouterInUse, naming the process and its file.</exception>
    public void Require(InstanceConfiguration configuration)
    {
        var look = _looks.GetOrAdd(configuration.NetworkNamespace ?? string.Empty, static _ => new Look());
        lock (look)
        {
            // Refused is only on what is so now: the one that was found may have been stopped meanwhile.
            if (!look.IsFresh || look.Find(configuration) is not null)
            {
                look.Repeat(configuration.NetworkNamespace);
            }

            if (look.Find(configuration) is { } speaker)
            {
                throw VrrpErrors.VirtualRouterInUse(
                    configuration.InterfaceName,
                    configuration.VirtualRouterId,
                    configuration.AddressFamily,
                    $"keepalived (process {speaker.ProcessId}, {speaker.File})");
            }
        }
    }

    internal static string ConfigurationFileOf(string commandLine)
    {
        string[] words = commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 1; i < words.Length; i++)
        {
            const string longForm = "--use-file=";
            if (words[i].StartsWith(longForm, StringComparison.Ordinal))
            {
                return words[i][longForm.Length..];
            }

            if (words[i] is "-f" or "--use-file" && i + 1 < words.Length)
            {
                return words[i + 1];
            }

            if (words[i].StartsWith("-f", StringComparison.Ordinal))
            {
                return words[i][2..];
            }
        }

        return DefaultPath;
    }

    /// <summary>A file as a process sees it: it may live in a container, and a relative path is relative to its own directory.</summary>
    internal static string SeenBy(int processId, string file)
        => Path.IsPathRooted(file) ? $"/proc/{processId}/root{file}" : $"/proc/{processId}/cwd/{file}";

    private static (string InterfaceName, int VirtualRouterId, AddressFamily Family) RouterOf(InstanceConfiguration configuration)
        => (configuration.InterfaceName, configuration.VirtualRouterId, configuration.AddressFamily);

    /// <summary>What was found in one network namespace. For one thread at a time.</summary>
    private sealed class Look
    {
        private Speaker[] _found = [];
        private Instant _until;

        public bool IsFresh => MonotonicClock.Now < _until;

        public Speaker? Find(InstanceConfiguration configuration) => Array.Find(_found, speaker => speaker.Routers.Contains(RouterOf(configuration)));

        public void Repeat(string? networkNamespace)
        {
            using var place = NetworkNamespace.OpenOrCurrent(networkNamespace);
            _found = [.. place.RunInside(LocalKeepalived.Find).Select(Speaker.Of)];

            // From its end: a look at a busy machine may take as long.
            _until = MonotonicClock.Now + Fresh;
        }
    }

    /// <summary>One keepalived, and the virtual routers that its configuration has.</summary>
    private sealed record Speaker(int ProcessId, string File, IReadOnlySet<(string, int, AddressFamily)> Routers)
    {
        public static Speaker Of(LocalKeepalived keepalived)
        {
            string file = ConfigurationFileOf(keepalived.CommandLine);
            try
            {
                var result = ConfigurationFile.Load(SeenBy(keepalived.ProcessId, file), new ConfigurationReadOptions { OrdinaryFilesOnly = true });
                return new Speaker(keepalived.ProcessId, file, result.Document.Instances.Select(RouterOf).ToHashSet());
            }
            catch (VrrpException)
            {
                return new Speaker(keepalived.ProcessId, file, new HashSet<(string, int, AddressFamily)>());
            }
        }
    }
}
