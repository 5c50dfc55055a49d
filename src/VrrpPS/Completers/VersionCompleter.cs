using System.Collections;

namespace VrrpPS.Completers;

/// <summary>The versions of VRRP that are spoken.</summary>
public sealed class VersionCompleter : VrrpCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
        => [("3", "VRRP version 3 (RFC 9568): IPv4 and IPv6, intervals of hundredths of a second"), ("2", "VRRP version 2 (RFC 3768): IPv4, whole seconds, passwords")];
}
