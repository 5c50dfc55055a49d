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

    /// <summary>For so long (ns) what was found counts for the next instance, too: a service starts hundreds at once, on a machine with thousands of processes.</summary>
    private const long Fresh = Instant.NanosecondsPerSecond / 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Instant At, Speaker[] Found)> _looks = new(StringComparer.Ordinal);

    /// <summary>Looks at every keepalived in the instance's network namespace.</summary>
    /// <exception cref="VrrpException">VirtualRouterInUse, naming the process and its file.</exception>
    public void Require(InstanceConfiguration configuration)
    {
        if (Array.Find(SpeakersIn(configuration.NetworkNamespace), speaker => speaker.SpeaksFor(configuration)) is { } speaker)
        {
            throw VrrpErrors.VirtualRouterInUse(
                configuration.InterfaceName,
                configuration.VirtualRouterId,
                configuration.AddressFamily,
                $"keepalived (process {speaker.ProcessId}, {speaker.File})");
        }
    }

    private Speaker[] SpeakersIn(string? name)
    {
        lock (_lock)
        {
            var now = MonotonicClock.Now;
            string key = name ?? string.Empty;
            if (_looks.TryGetValue(key, out var look) && now - look.At < Fresh)
            {
                return look.Found;
            }

            using var networkNamespace = NetworkNamespace.OpenOrCurrent(name);
            Speaker[] found = [.. networkNamespace.RunInside(LocalKeepalived.Find).Select(Speaker.Of)];
            _looks[key] = (now, found);
            return found;
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

    /// <summary>One keepalived, and what its configuration says that it speaks for.</summary>
    private sealed record Speaker(int ProcessId, string File, IReadOnlyList<InstanceConfiguration> Instances)
    {
        public static Speaker Of(LocalKeepalived keepalived)
        {
            string file = ConfigurationFileOf(keepalived.CommandLine);
            try
            {
                var result = ConfigurationFile.Load(SeenBy(keepalived.ProcessId, file), new ConfigurationReadOptions { OrdinaryFilesOnly = true });
                return new Speaker(keepalived.ProcessId, file, result.Document.Instances);
            }
            catch (VrrpException)
            {
                return new Speaker(keepalived.ProcessId, file, []);
            }
        }

        public bool SpeaksFor(InstanceConfiguration configuration) => Instances.Any(instance =>
            instance.InterfaceName == configuration.InterfaceName
            && instance.VirtualRouterId == configuration.VirtualRouterId
            && instance.AddressFamily == configuration.AddressFamily);
    }
}
