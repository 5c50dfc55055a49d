using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Probe;
using VrrpPS.Parameters;

namespace VrrpPS.Commands;

/// <summary>Asks whether virtual addresses answer, how, and who answers for them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "VipReachability")]
[OutputType(typeof(VipReachability), typeof(bool))]
public sealed class TestVipReachabilityCommand : VrrpCmdlet
{
    /// <summary>The addresses, with or without a prefix length; or objects that have some, such as those of Get-VrrpState.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [VirtualIPAddressList]
    [Alias("VIP")]
    [ArgumentCompleter(typeof(VirtualIPAddressCompleter))]
    public string[] VirtualIPAddress { get; set; } = [];

    /// <summary>How many echo requests to send, 1..1000; 3 unless given.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Count { get; set; } = 3;

    /// <summary>How long to wait for each answer, 1 ms..1 h; 1 s unless given.</summary>
    [Parameter]
    [Duration]
    [Alias("TimeoutSec", "TimeoutSeconds")]
    public VrrpDuration? Timeout { get; set; }

    /// <summary>A TCP port to connect to as well.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <summary>A URI to get as well; the connection always goes to the virtual address.</summary>
    [Parameter]
    public Uri? Uri { get; set; }

    /// <summary>The interface to probe from; the one that the route leads through unless given.</summary>
    [Parameter]
    [Alias("InterfaceAlias")]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string? InterfaceName { get; set; }

    /// <summary>The named network namespace to probe from.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? NetworkNamespace { get; set; }

    /// <summary>Emits only whether each address is reachable.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (string text in VirtualIPAddress)
        {
            Guard(() => Probe(text), text);
        }
    }

    private void Probe(string text)
    {
        var address = VirtualAddress.Parse(text).Address;
        var timeout = Timeout?.Value ?? TimeSpan.FromSeconds(1);
        if (timeout < TimeSpan.FromMilliseconds(1) || timeout > TimeSpan.FromHours(1))
        {
            throw VrrpErrors.DurationOutOfRange("A timeout", timeout, "1ms to 1h");
        }

        string? step = null;
        var probe = VipProbe.RunAsync(
            new VipProbeOptions
            {
                Address = address,
                Count = Count,
                Timeout = timeout,
                Port = Typed(nameof(Port)) ? Port : null,
                Uri = Uri,
                InterfaceName = InterfaceName,
                NetworkNamespace = string.IsNullOrEmpty(NetworkNamespace) ? null : NetworkNamespace,
                Progress = text => Volatile.Write(ref step, text),
            },
            cancellationToken: StopToken);
        AwaitWithProgress(probe, $"Probing {address}", () => step ?? "asking who has the address");
        WriteObject(Quiet ? probe.Result.Reachable : probe.Result);
    }
}
