namespace VrrpPS.Module.Tests;

/// <summary>A text that was read and approved once; a change of it must be meant.</summary>
internal static class ApprovedText
{
    /// <summary>Compares; with VRRPPS_APPROVE=1 in the environment, writes instead.</summary>
    public static void Check(string file, string actual)
        => CheckFile(Path.Combine(Repository.Root, "tests", "VrrpPS.Module.Tests", "Approved", file), actual);

    /// <summary>As <see cref="Check"/>, for a file anywhere in the repository.</summary>
    public static void CheckFile(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("VRRPPS_APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }
}
