using System.Collections;
using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Configuration;

namespace VrrpPS.Commands;

/// <summary>A command that turns configuration text into configurations.</summary>
public abstract class ConfigurationReadCmdlet : VrrpCmdlet
{
    /// <summary>Interfaces to call by another name than the text does: @{ ens33 = 'eth0' }.</summary>
    [Parameter]
    public Hashtable? InterfaceMap { get; set; }

    /// <summary>The named network namespace to put the instances in, whatever the text says.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? NetworkNamespace { get; set; }

    /// <summary>The identity that lines of a keepalived.conf beginning with @id are for; without it, this host's name up to the first dot.</summary>
    [Parameter]
    public string? ConfigId { get; set; }

    /// <summary>Accepts that settings of the election, the addresses or the authentication are not carried over; each is a warning.</summary>
    [Parameter]
    public SwitchParameter AllowPartial { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsLinux => false;

    private protected ConfigurationReadOptions Options => ConfigurationReadOptions.Default with
    {
        KeepalivedConfigId = string.IsNullOrEmpty(ConfigId) ? null : ConfigId,
        InterfaceRename = (InterfaceMap ?? []).Cast<DictionaryEntry>().ToDictionary(static e => $"{e.Key}", static e => $"{e.Value}", StringComparer.Ordinal),
    };

    /// <summary>Says what was found in the text and emits its instances.</summary>
    private protected void Emit(ConfigurationResult result)
    {
        foreach (var finding in result.Diagnostics.Where(finding => finding.Severity != ConfigurationSeverity.Error))
        {
            if (finding.Severity == ConfigurationSeverity.Warning)
            {
                WriteWarning(finding.ToString());
            }
            else
            {
                WriteVerbose(finding.ToString());
            }
        }

        var document = result.EnsureUsable(AllowPartial);
        if (!document.Static.IsEmpty)
        {
            // They are the host's and must outlive any instance: a session cannot promise that.
            var all = document.Static.Addresses.Select(static address => address.ToString())
                .Concat(document.Static.Routes.Select(static route => $"route {route}"))
                .Concat(document.Static.Rules.Select(static rule => $"rule {rule}"));
            WriteWarning($"Static addresses, routes and rules belong to the service and not to an instance, so Start-VrrpInstance does not bind them; 'vrrpps run' does: {string.Join("; ", all)}.");
        }

        foreach (var instance in document.Instances)
        {
            WriteObject(new VrrpConfiguration(
                Typed(nameof(NetworkNamespace)) ? instance with { NetworkNamespace = string.IsNullOrEmpty(NetworkNamespace) ? null : NetworkNamespace } : instance)
            {
                RouterId = document.RouterId,
            });
        }
    }
}
