using System.Text;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Scheduling;

namespace VrrpPS.Engine.Systemd;

/// <summary>
/// The systemd unit of a service: told when it is ready and that it is alive, reloaded by SIGHUP, handed over at its end, swept after
/// its death, and allowed what its configuration needs and nothing else.
/// </summary>
public static class UnitFile
{
    /// <summary>The first line of every unit written here: how one is recognised.</summary>
    public const string Mark = "# Written for vrrpps";

    /// <summary>The user and group that may be root's.</summary>
    private const string Root = "root";

    /// <summary>Writes one.</summary>
    /// <param name="options">Names and paths.</param>
    /// <param name="needs">What the configuration needs.</param>
    /// <exception cref="Errors.VrrpException">InvalidConfiguration: a path has characters that a unit cannot carry.</exception>
    public static string Write(UnitOptions options, UnitNeeds needs)
    {
        var text = new StringBuilder();
        string executable = UnitText.Argument(options.Executable);
        string configuration = UnitText.Argument(options.ConfigurationPath);
        needs = needs.Writing(options.Exports.File);
        string exports = string.Concat(options.Exports.Arguments().Concat(options.Scheduling.Arguments()).Select(static argument => $" {UnitText.Argument(argument)}"));
        string partial = options.AllowPartial ? " --allow-partial" : string.Empty;
        _ = text.Append($$"""
            {{Mark}}: what the service needs follows from its configuration. Write it again when that changes, or add a drop-in.
            [Unit]
            Description=Virtual IP addresses by VRRP ({{options.Name}})
            After=network.target network-pre.target nss-user-lookup.target
            StartLimitIntervalSec=0

            [Service]
            Type=notify
            NotifyAccess=main
            ExecStart={{executable}} run --config {{configuration}} --socket /run/{{options.Name}}/control.sock --events journal{{exports}}{{partial}}
            ExecReload=/bin/kill -HUP $MAINPID
            # What a killed service left bound, should its guard have died with it. The dash: an end is an end.
            ExecStopPost=-{{executable}} sweep --config {{configuration}}
            # A configuration with errors (1) and a wrong command line (2) are for a person to mend.
            Restart=on-failure
            RestartPreventExitStatus=1 2
            RestartSec=1
            TimeoutStartSec=90
            # A hand-over takes 10 s at most, the last notifications 5 s.
            TimeoutStopSec=30
            WatchdogSec=10
            # The runtime takes SIGABRT, which systemd would send first, and lives on; nothing is lost to a hanging process by its end.
            WatchdogSignal=SIGKILL
            # Only the main process is asked to end: commands that it waits for are its own to end, and the guard acts when it is gone.
            KillMode=mixed
            OOMScoreAdjust=-500
            RuntimeDirectory={{options.Name}}
            RuntimeDirectoryMode=0755


            """);
        AppendIdentity(text, options, needs);
        AppendSandbox(text, needs, options.Scheduling);
        _ = text.Append("""

            [Install]
            WantedBy=multi-user.target

            """);
        return text.ToString();
    }

    /// <summary>The capabilities that a service with these needs has.</summary>
    public static Capabilities CapabilitiesOf(UnitNeeds needs)
    {
        var capabilities = Capabilities.NetAdmin | Capabilities.NetRaw;
        if (needs.Users.Count > 0)
        {
            capabilities |= Capabilities.SetUid | Capabilities.SetGid | Capabilities.Kill;
        }

        return needs.HasSeveralNamespaces ? capabilities | Capabilities.SysAdmin : capabilities;
    }

    private static void AppendIdentity(StringBuilder text, UnitOptions options, UnitNeeds needs)
    {
        string capabilities = ProcessCapabilities.Describe(CapabilitiesOf(needs)).Replace(" and ", " ", StringComparison.Ordinal);
        if (options.User is { } user && user != Root)
        {
            string[] names = user.Split(':', 2);
            _ = text.Append($"User={UnitText.Path(names[0])}\n");
            if (names.Length == 2)
            {
                _ = text.Append($"Group={UnitText.Path(names[1])}\n");
            }

            _ = text.Append($"AmbientCapabilities={capabilities}\n");
        }

        if (needs.Users.Count > 0)
        {
            _ = text.Append($"# Commands and checks run as {string.Join(", ", needs.Users.Select(static user => user.ReplaceLineEndings(" ")))}.\n");
        }

        if (needs.HasSeveralNamespaces)
        {
            _ = text.Append("# The instances are in several network namespaces. One service for each would do without CAP_SYS_ADMIN.\n");
        }

        _ = text.Append($"CapabilityBoundingSet={capabilities}\nNoNewPrivileges=yes\n");
        if (needs.NetworkNamespace is { } name)
        {
            _ = text.Append($"NetworkNamespacePath=/run/netns/{UnitText.Path(name)}\n");
        }
    }

    private static void AppendSandbox(StringBuilder text, UnitNeeds needs, LoopScheduling scheduling)
    {
        if (scheduling.RealTimePriority > 0)
        {
            // A limit is enough, so that it needs no capability.
            _ = text.Append($"LimitRTPRIO={scheduling.RealTimePriority}\n");
        }

        if (scheduling.LockMemory)
        {
            _ = text.Append("LimitMEMLOCK=infinity\n");
        }

        // promote_secondaries and the settings of virtual links are under /proc/sys/net, which ProtectKernelTunables= takes away as a whole.
        string writable = string.Join(' ', needs.WritableDirectories.Select(UnitText.Path).Prepend("/proc/sys/net"));
        _ = text.Append($"""

            ProtectSystem=strict
            ReadWritePaths={writable}
            ProtectHome={(needs.UsesHome ? "no" : "yes")}
            PrivateTmp={(needs.UsesTemporary ? "no" : "yes")}
            PrivateDevices=yes
            ProtectKernelTunables=yes
            ProtectKernelModules=yes
            ProtectKernelLogs=yes
            ProtectControlGroups=yes
            ProtectClock=yes
            ProtectHostname=yes
            RestrictNamespaces={(needs.HasSeveralNamespaces ? "net" : "yes")}
            RestrictAddressFamilies=AF_UNIX AF_NETLINK AF_PACKET AF_INET AF_INET6
            RestrictRealtime={(scheduling.RealTimePriority > 0 ? "no" : "yes")}
            RestrictSUIDSGID=yes
            LockPersonality=yes
            RemoveIPC=yes
            KeyringMode=private
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallErrorNumber=EPERM

            """);
    }
}
