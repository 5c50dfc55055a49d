namespace VrrpPS.Engine.Checks.Configuration;

/// <summary>One question to the configurations of one or several nodes. Pure.</summary>
internal interface IConfigurationCheck
{
    /// <summary>What is found.</summary>
    IEnumerable<VrrpFinding> Check(NodeSet set);
}
