using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;

namespace VrrpPS.Engine.Runtime;

/// <summary>
/// Refuses to start beside a keepalived that speaks for the same virtual router on the same interface: two speakers of one host
/// do not hear each other's packets as two hosts would, so both would be Master. Which virtual routers a keepalived has, only
/// its configuration file tells; one that cannot be read is no reason to refuse.
/// </summary>
internal static class LocalKeepalivedCheck
{
    private const string DefaultPath = "/etc/keepalived/keepalived.conf";

    /// <summary>Looks at every keepalived in the instance's network namespace.</summary>
    /// <exception cref="VrrpException">VirtualRouterInUse, naming the process and its file.</exception>
    public static void Require(InstanceConfiguration configuration)
    {
        using var networkNamespace = NetworkNamespace.OpenOrCurrent(configuration.NetworkNamespace);
        foreach (var keepalived in networkNamespace.RunInside(LocalKeepalived.Find))
        {
            string file = ConfigurationFileOf(keepalived.CommandLine);
            if (Speaks(keepalived.ProcessId, file, configuration))
            {
                throw VrrpErrors.VirtualRouterInUse(
                    configuration.InterfaceName,
                    configuration.VirtualRouterId,
                    configuration.AddressFamily,
                    $"keepalived (process {keepalived.ProcessId}, {file})");
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

    private static bool Speaks(int processId, string file, InstanceConfiguration configuration)
    {
        try
        {
            return ConfigurationFile.Load(SeenBy(processId, file), new ConfigurationReadOptions { OrdinaryFilesOnly = true }).Document.Instances.Any(instance =>
                instance.InterfaceName == configuration.InterfaceName
                && instance.VirtualRouterId == configuration.VirtualRouterId
                && instance.AddressFamily == configuration.AddressFamily);
        }
        catch (VrrpException)
        {
            return false;
        }
    }
}
