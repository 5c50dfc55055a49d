namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>Takes one message of a dump.</summary>
/// <param name="message">The message; its bytes are overwritten afterwards.</param>
/// <param name="state">What the caller of the dump passed along.</param>
internal delegate void NetlinkMessageHandler<in TState>(NetlinkMessage message, TState state);
