using VrrpPS.Tool.Commands;

namespace VrrpPS.Service.Tests.EndToEnd.Services;

/// <summary>
/// The program as installed on one node: a copy of its own, replaced as a package manager does it, each file written aside and renamed
/// over the old one. What is installed is the build beside the tests; $VRRPPS_TEST_PROGRAM names a published file to take instead, and
/// $VRRPPS_TEST_UPGRADE the one that replaces it (and is replaced by the first in turn).
/// </summary>
internal sealed class ServiceProgram
{
    private static readonly string[] s_versions = Versions();

    private readonly string _directory;
    private int _installed;

    /// <summary>Installs it.</summary>
    public ServiceProgram(string directory)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        Copy(s_versions[0]);
    }

    /// <summary>The executable.</summary>
    public string Executable => Path.Combine(_directory, "vrrpps");

    /// <summary>Replaces every file by that of the next version, whether it runs or not.</summary>
    public void Upgrade() => Copy(s_versions[++_installed % s_versions.Length]);

    private static string[] Versions()
    {
        string first = ServiceProcess.Executable;
        return Environment.GetEnvironmentVariable("VRRPPS_TEST_UPGRADE") is { Length: > 0 } upgrade ? [first, upgrade] : [first];
    }

    private void Copy(string executable)
    {
        // A published program is one file, and the one it becomes another; a built one has its assemblies beside it.
        string source = Path.GetDirectoryName(executable)!;
        string[] files = executable == ServiceProcess.Built
            ? [.. Directory.GetFiles(source, "vrrpps*"), .. Directory.GetFiles(source, "VrrpPS.*.dll"), .. Directory.GetFiles(source, "System.CommandLine.dll")]
            : [executable, .. Directory.GetFiles(source, DaemonProgram.Name)];
        if (!Array.Exists(files, static file => Path.GetFileName(file) == DaemonProgram.Name))
        {
            File.Delete(Path.Combine(_directory, DaemonProgram.Name));
        }

        foreach (string file in files)
        {
            string target = Path.Combine(_directory, file == executable ? "vrrpps" : Path.GetFileName(file));
            File.Copy(file, target + ".new", overwrite: true);
            File.Move(target + ".new", target, overwrite: true);
        }
    }
}
