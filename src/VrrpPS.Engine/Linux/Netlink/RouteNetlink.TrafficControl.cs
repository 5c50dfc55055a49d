using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>Traffic control.</summary>
public sealed partial class RouteNetlink
{
    /// <summary>
    /// The indices of the links on which traffic control can look at packets before the IP stack and after it: those with an
    /// <c>ingress</c> or <c>clsact</c> discipline. Which filters are there is not looked at.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<int> GetLinksWithPacketHook()
    {
        _connection.Reset();
        _connection.Begin(NetlinkNumbers.RTM_GETQDISC, NetlinkNumbers.NLM_F_DUMP);
        _connection.Writer.Structure(default(TrafficControlMessage));
        _connection.Writer.End();
        return Dump<int>("list queueing disciplines", static (message, list) =>
        {
            if (message.Type != NetlinkNumbers.RTM_NEWQDISC || message.Payload.Length < TrafficControlMessage.Size)
            {
                return;
            }

            var attributes = message.Payload[TrafficControlMessage.Size..];
            while (NetlinkAttribute.TryRead(ref attributes, out var attribute))
            {
                if (attribute.Type == NetlinkNumbers.TCA_KIND && attribute.AsText is ("clsact" or "ingress"))
                {
                    list.Add(MemoryMarshal.Read<TrafficControlMessage>(message.Payload).Index);
                }
            }
        });
    }
}
