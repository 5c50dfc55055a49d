using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Processes;

namespace VrrpPS.Engine.Systemd;

/// <summary>The systemd of this machine, asked through <c>systemctl</c>.</summary>
public sealed class SystemManager
{
    /// <summary>Where it reads an administrator's units.</summary>
    public const string UnitDirectory = "/etc/systemd/system";

    private static readonly TimeSpan s_bound = TimeSpan.FromMinutes(2);

    private readonly string _systemctl;

    /// <summary>Makes one that is asked by another program.</summary>
    internal SystemManager(string systemctl) => _systemctl = systemctl;

    /// <summary>This machine's; null where systemd does not run (sd_booted(3)).</summary>
    public static SystemManager? Find() => Directory.Exists("/run/systemd/system") ? new SystemManager("systemctl") : null;

    /// <summary>Reads the unit files again.</summary>
    /// <exception cref="VrrpException">SystemdRefused.</exception>
    public void Reload() => Run("daemon-reload");

    /// <summary>Has a service started at boot.</summary>
    /// <exception cref="VrrpException">SystemdRefused.</exception>
    public void Enable(string name) => Run("enable", Unit(name));

    /// <summary>Starts a service, or restarts it: it hands over first.</summary>
    /// <exception cref="VrrpException">SystemdRefused.</exception>
    public void Restart(string name) => Run("restart", Unit(name));

    /// <summary>Ends a service, handing over, and has it started no more.</summary>
    /// <exception cref="VrrpException">SystemdRefused.</exception>
    public void Disable(string name) => Run("disable", "--now", Unit(name));

    private static string Unit(string name) => name + ".service";

    private void Run(params string[] arguments)
    {
        string command = $"systemctl {string.Join(' ', arguments)}";
        try
        {
            var result = ChildProcess.Run(
                new ChildProcessOptions
                {
                    Command = new[] { _systemctl }.Concat(arguments).ToVrrpList(),
                    Timeout = s_bound,
                    KillsStragglers = false,
                },
                CancellationToken.None);
            if (!result.Succeeded)
            {
                throw VrrpErrors.SystemdRefused(command, result.LastLine.Length == 0 ? result.Ending : result.LastLine);
            }
        }
        catch (KernelException exception)
        {
            throw VrrpErrors.SystemdRefused(command, exception.Message);
        }
    }
}
