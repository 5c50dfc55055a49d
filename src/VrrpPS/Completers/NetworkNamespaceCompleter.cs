using System.Collections;

namespace VrrpPS.Completers;

/// <summary>Named network namespaces, as <c>ip netns</c> lists them.</summary>
public sealed class NetworkNamespaceCompleter : VrrpCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
        => Entries("/run/netns").Select(static name => (name, $"Network namespace {name}"));
}
