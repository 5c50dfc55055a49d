using VrrpPS.Protocol;

namespace VrrpPS.Engine.Measure;

/// <summary>Who answers for the address.</summary>
/// <param name="Mac">Its hardware address; null for this host itself.</param>
/// <param name="Router">The address that it advertises from; null when its advertisements are not heard.</param>
internal readonly record struct Holder(MacAddress? Mac, string? Router)
{
    /// <summary>What to call it.</summary>
    public string Name => Router ?? Mac?.ToString() ?? "this host";

    /// <summary>The hardware address as text.</summary>
    public string? MacText => Mac?.ToString();
}
