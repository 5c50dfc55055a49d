namespace VrrpPS.Engine.Checks.Environment.Facts;

/// <summary>The machine's files as text. What is missing or forbidden is null: others look at it or say so.</summary>
/// <param name="root">Where the machine's root directory is; another one in tests.</param>
internal sealed class SystemFiles(string root = "/")
{
    public string? Read(string path)
    {
        try
        {
            return File.ReadAllText(At(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public bool Exists(string path) => File.Exists(At(path));

    /// <summary>A number in a file of its own; null when there is none.</summary>
    public int? Number(string path) => int.TryParse(Read(path), System.Globalization.CultureInfo.InvariantCulture, out int value) ? value : null;

    /// <summary>The files of a folder whose names end so, sorted, as paths below the root.</summary>
    public IReadOnlyList<string> List(string folder, string ending)
    {
        try
        {
            return [.. Directory.EnumerateFiles(At(folder)).Where(file => file.EndsWith(ending, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal).Select(file => Path.Combine(folder, Path.GetFileName(file)))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private string At(string path) => Path.Combine(root, path.TrimStart('/'));
}
