namespace VrrpPS.Module.Tests;

/// <summary>Where the files under test are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string ModuleSource => Path.Combine(Root, "module");

    public static string ComposedModule => Path.Combine(Root, "artifacts", "module", "VrrpPS");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VrrpPS.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No VrrpPS.sln above the tests.");
    }
}
