using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Processes;

namespace VrrpPS.Engine.Systemd;

/// <summary>Unit files on disk: written whole, and never one that somebody else wrote.</summary>
public static class UnitInstaller
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);

    /// <summary>The path of a service's unit.</summary>
    public static string PathOf(string directory, string name) => Path.Combine(directory, $"{name}.service");

    /// <summary>Refuses a path at which somebody else's unit is.</summary>
    /// <exception cref="VrrpException">UnitNotOurs.</exception>
    public static void RequireOurs(string path)
    {
        if (File.Exists(path) && File.ReadLines(path).FirstOrDefault()?.StartsWith(UnitFile.Mark, StringComparison.Ordinal) != true)
        {
            throw VrrpErrors.UnitNotOurs(path);
        }
    }

    /// <summary>Writes a unit, in place of an older one if need be.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="VrrpException">UnitNotOurs; ConfigurationUnwritable.</exception>
    public static string Write(string directory, UnitOptions options, UnitNeeds needs)
    {
        string path = PathOf(directory, options.Name);
        RequireOurs(path);
        ConfigurationFileWriter.Write(path, UnitFile.Write(options, needs), ownerOnly: false);
        return path;
    }

    /// <summary>Removes a unit.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="VrrpException">UnitNotOurs; ConfigurationUnwritable.</exception>
    public static bool Remove(string path)
    {
        RequireOurs(path);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw VrrpErrors.ConfigurationUnwritable(path, exception.Message, exception);
        }
    }

    /// <summary>Where <c>vrrpps</c> is on this machine.</summary>
    /// <exception cref="VrrpException">ProgramNotFound.</exception>
    public static string FindExecutable() => ChildProcess.FindProgram("vrrpps");

    /// <summary>Refuses a user that this machine does not have.</summary>
    /// <exception cref="VrrpException">UserNotFound.</exception>
    public static void RequireUser(string user) => _ = ProcessUser.Find(user);

    /// <summary>Gives a file to the user that a service runs as.</summary>
    /// <exception cref="VrrpException">ConfigurationUnwritable.</exception>
    public static void GiveTo(string user, string path)
    {
        try
        {
            var result = ChildProcess.Run(new ChildProcessOptions { Command = ["chown", "--", user, path], Timeout = s_bound }, CancellationToken.None);
            if (!result.Succeeded)
            {
                throw VrrpErrors.ConfigurationUnwritable(path, $"{result.LastLine} ({result.Ending}).");
            }
        }
        catch (KernelException exception)
        {
            throw VrrpErrors.ConfigurationUnwritable(path, exception.Message, exception);
        }
    }
}
