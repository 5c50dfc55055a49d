using VrrpPS.Engine.Configuration;

namespace VrrpPS.Engine.Checks.Configuration;

/// <summary>One node's part in a virtual router.</summary>
internal sealed record RouterMember(string NodeName, InstanceConfiguration Instance)
{
    /// <summary>How findings call it.</summary>
    public string Subject => NodeName == Instance.Name ? NodeName : $"{NodeName}: {Instance.Name}";
}
