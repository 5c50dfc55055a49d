using System.CommandLine;

namespace VrrpPS.Tool.Commands;

/// <summary>The command line as a whole.</summary>
internal sealed class VrrppsRootCommand : RootCommand
{
    private const string Text = """
        vrrpps keeps virtual IP addresses reachable: it speaks VRRP (versions 2 and 3, IPv4 and IPv6) from boot, without a shell.

        Exit codes:
          0  done, or ended as asked by a signal
          1  not in order: the configuration has errors, or the lab's VIP was unreachable
          2  the command line cannot be understood
          3  refused by the engine, the kernel or the surroundings

        Signals while running: SIGTERM and SIGINT hand over and end (a second SIGINT ends at once), SIGHUP reloads.
        Errors are written as 'vrrpps: ErrorId: message'.
        """;

    public VrrppsRootCommand(CommandServices services)
        : base(Text)
    {
        Add(new RunCommand(services));
        Add(new CheckCommand());
        Add(new StateCommand());
        Add(new WatchCommand());
        Add(new SweepCommand());
        Add(new UnitCommand());
        Add(new LabCommand());
    }
}
