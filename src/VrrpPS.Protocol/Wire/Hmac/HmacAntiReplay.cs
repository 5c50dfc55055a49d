namespace VrrpPS.Protocol.Wire;

/// <summary>What keeps a recorded advertisement from being accepted again.</summary>
public enum HmacAntiReplay : long
{
    /// <summary>A sequence that grows, and a clock that agrees with the sender's within a window.</summary>
    Time = 0,

    /// <summary>A sequence that grows: for nodes whose clocks differ. A node that just started accepts an old packet once.</summary>
    Monotonic = 1,
}
