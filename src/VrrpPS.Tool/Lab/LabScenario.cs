using System.Reflection;
using VrrpPS.Engine.Errors;
using VrrpPS.Service.Run;

namespace VrrpPS.Tool.Lab;

/// <summary>Where the nodes' configurations come from: the scenario inside this executable, or a directory of <c>*.conf</c>.</summary>
internal static class LabScenario
{
    private const string ResourcePrefix = "Scenario/";

    /// <summary>Reads them in the order of their names.</summary>
    /// <param name="directory">A directory; null means the built-in scenario.</param>
    /// <param name="error">Gets what is to be said about them.</param>
    /// <exception cref="VrrpException">A file cannot be used; <see cref="ErrorIds.LabUnusable"/>: there is no directory.</exception>
    public static IReadOnlyList<LabConfiguration> Load(string? directory, TextWriter error)
    {
        if (directory is not null)
        {
            return Directory.Exists(directory) ? LoadDirectory(directory, error) : throw VrrpErrors.LabUnusable($"there is no directory '{directory}'");
        }

        var extracted = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), LabNames.Of("scenario")));
        try
        {
            Extract(extracted.FullName);
            return LoadDirectory(extracted.FullName, error);
        }
        finally
        {
            extracted.Delete(recursive: true);
        }
    }

    private static void Extract(string directory)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var source = assembly.GetManifestResourceStream(resource) ?? Stream.Null;
            using var target = File.Create(Path.Combine(directory, resource[ResourcePrefix.Length..]));
            source.CopyTo(target);
        }
    }

    private static LabConfiguration[] LoadDirectory(string directory, TextWriter error)
        => [.. Directory.GetFiles(directory, "*.conf").Order(StringComparer.Ordinal).Select(path => Read(path, error))];

    private static LabConfiguration Read(string path, TextWriter error)
    {
        var configuration = new ConfigurationReader(path).Read();
        foreach (var line in configuration.Diagnostics)
        {
            error.WriteLine(line);
        }

        return configuration.Refusal is { } refusal
            ? throw refusal
            : new LabConfiguration(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path), configuration.Instances);
    }
}
