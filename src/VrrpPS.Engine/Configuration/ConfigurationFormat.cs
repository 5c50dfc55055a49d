namespace VrrpPS.Engine.Configuration;

/// <summary>The formats that configurations are written in.</summary>
public enum ConfigurationFormat : long
{
    /// <summary>This product's own, which holds everything.</summary>
    Json = 0,

    /// <summary>keepalived.conf.</summary>
    Keepalived = 1,
}
