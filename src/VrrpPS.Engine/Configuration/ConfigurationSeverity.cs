namespace VrrpPS.Engine.Configuration;

/// <summary>How much a finding in a configuration matters.</summary>
public enum ConfigurationSeverity : long
{
    /// <summary>Good to know; nothing is lost.</summary>
    Information = 0,

    /// <summary>Something is not carried over or means something else than it seems; the configuration runs.</summary>
    Warning = 1,

    /// <summary>The configuration cannot be used.</summary>
    Error = 2,
}
