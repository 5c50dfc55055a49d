namespace VrrpPS.Engine.Checks.Environment.Firewall;

/// <summary>What a firewall does with an advertisement.</summary>
internal enum PacketVerdict
{
    /// <summary>It goes on.</summary>
    Pass = 0,

    /// <summary>It may be dropped: a rule asks for something that cannot be told beforehand.</summary>
    Maybe,

    /// <summary>It is dropped.</summary>
    Drop,
}
