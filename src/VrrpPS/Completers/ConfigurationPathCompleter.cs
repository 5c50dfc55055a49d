namespace VrrpPS.Completers;

/// <summary>Configurations, ours and keepalived's.</summary>
public sealed class ConfigurationPathCompleter : PathCompleter
{
    private protected override string[] Endings => [".conf", ".json"];
}
