using System.Collections.ObjectModel;
using System.Management.Automation;
using VrrpPS.Errors;

namespace VrrpPS.Commands;

/// <summary>What -Path and -LiteralPath mean: files of the file system, resolved from PowerShell's own location.</summary>
internal static class FileResolver
{
    private const string FileSystem = "FileSystem";

    /// <summary>The full paths of files; what leads nowhere is an error of its own and the others go on.</summary>
    internal static IEnumerable<string> Resolve(PSCmdlet cmdlet, string[] paths, bool literal)
    {
        foreach (string path in paths)
        {
            foreach (string file in ResolveOne(cmdlet, path, literal))
            {
                yield return file;
            }
        }
    }

    /// <summary>The full path of a file to write.</summary>
    internal static string ResolveNew(PSCmdlet cmdlet, string path) => cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>The full path of a file of the file system to write; null for another provider, which is an error.</summary>
    internal static string? ResolveFile(PSCmdlet cmdlet, string path) => ResolveOne(cmdlet, path, literal: true) is [var file] ? file : null;

    private static Collection<string> ResolveOne(PSCmdlet cmdlet, string path, bool literal)
    {
        try
        {
            ProviderInfo provider;
            Collection<string> files;
            if (literal)
            {
                files = [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];
            }
            else
            {
                files = cmdlet.GetResolvedProviderPathFromPSPath(path, out provider);
            }

            if (string.Equals(provider.Name, FileSystem, StringComparison.Ordinal))
            {
                return files;
            }

            cmdlet.WriteError(ErrorRecords.PathNotFileSystem(path, provider.Name));
        }
        catch (Exception reason) when (reason is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or WildcardPatternException or NotSupportedException)
        {
            cmdlet.WriteError(ErrorRecords.PathNotFound(path, reason));
        }

        return [];
    }
}
