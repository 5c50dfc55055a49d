using System.Management.Automation;
using System.Net;
using VrrpPS.Completers;
using VrrpPS.Engine.Checks.Environment;
using VrrpPS.Engine.Errors;
using VrrpPS.Parameters;
using VrrpPS.Protocol;

namespace VrrpPS.Commands;

/// <summary>Looks at this machine for what keeps VRRP from working on it; changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "VrrpEnvironment")]
[OutputType(typeof(VrrpFinding))]
public sealed class TestVrrpEnvironmentCommand : VrrpCmdlet
{
    /// <summary>Interfaces to look at, with the wildcards * and ?; every Ethernet interface that is up without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [Alias("InterfaceAlias")]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] InterfaceName { get; set; } = [];

    /// <summary>The virtual router id that is to be used, 1..255: whether somebody speaks for it already.</summary>
    [Parameter]
    [Alias("VRID")]
    [ArgumentCompleter(typeof(VirtualRouterIdCompleter))]
    public int VirtualRouterId { get; set; }

    /// <summary>The peers that advertisements will be sent to: whether the firewall lets them out.</summary>
    [Parameter]
    [IPAddressList]
    public IPAddress[] UnicastPeer { get; set; } = [];

    /// <summary>The named network namespace to look at.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? NetworkNamespace { get; set; }

    /// <summary>How long to listen for others on the link, 0..1 h; 4 s unless given. 0 does not listen.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? Duration { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (Typed(nameof(VirtualRouterId)) && VirtualRouterId is < 1 or > 255)
        {
            throw VrrpErrors.InvalidVirtualRouterId(VirtualRouterId);
        }

        var options = new EnvironmentOptions
        {
            InterfaceNames = InterfaceName.ToVrrpList(),
            VirtualRouterId = Typed(nameof(VirtualRouterId)) ? VirtualRouterId : null,
            UnicastPeers = UnicastPeer.Select(InetAddress.From).ToVrrpList(),
            NetworkNamespace = string.IsNullOrEmpty(NetworkNamespace) ? null : NetworkNamespace,
        };
        if (Duration is not null)
        {
            if (Duration.Value < TimeSpan.Zero || Duration.Value > TimeSpan.FromHours(1))
            {
                throw VrrpErrors.DurationOutOfRange("A duration to listen", Duration.Value, "0s to 1h");
            }

            options = options with { Duration = Duration.Value };
        }

        var report = EnvironmentReport.RunAsync(options, StopToken);
        Await(report);
        WriteObject(report.Result, enumerateCollection: true);
    }
}
