using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Checks.Configuration;

/// <summary>The configuration file of one node, with what reading it found.</summary>
/// <param name="Node">What it says; without instances when it cannot be read or has errors.</param>
/// <param name="Findings">What reading found: its codes are those of reading, listed in docs/checks.md as well.</param>
public sealed record NodeFile(NodeConfiguration Node, VrrpList<VrrpFinding> Findings)
{
    private const string Way = "The message says how; 'vrrpps check' shows the same lines.";

    /// <summary>Reads a file. Whatever is in it, the answer is a value.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What the findings call the node.</param>
    public static NodeFile Read(string path, string name)
    {
        try
        {
            var result = ConfigurationFile.Load(path);
            return new NodeFile(
                new NodeConfiguration(name, result.HasErrors ? [] : result.Document.Instances),
                result.Diagnostics.Select(Describe).ToVrrpList());
        }
        catch (VrrpException refusal)
        {
            return new NodeFile(new NodeConfiguration(name, []), [Finding.Error(refusal.ErrorId, path, refusal.Message, Way)]);
        }
    }

    /// <summary>Names for the nodes of several files: the file's name, or as much of the path as it takes to tell them apart.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<string> paths)
    {
        string[] names = [.. paths.Select(static path => Path.GetFileNameWithoutExtension(path))];
        string[] folders = [.. paths.Select(static path => Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) ?? string.Empty)];
        return Distinct(names) ? names : Distinct(folders) ? folders : paths;
    }

    private static bool Distinct(string[] names)
        => names.All(static name => name.Length > 0) && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length;

    private static VrrpFinding Describe(ConfigurationDiagnostic diagnostic) => new()
    {
        Code = diagnostic.Code,
        Severity = (VrrpFindingSeverity)diagnostic.Severity,
        Subject = diagnostic.Line == 0 ? diagnostic.File : $"{diagnostic.File}:{diagnostic.Line}:{diagnostic.Column}",
        Message = diagnostic.Message,
        Fix = diagnostic.Severity == ConfigurationSeverity.Information ? string.Empty : Way,
    };
}
