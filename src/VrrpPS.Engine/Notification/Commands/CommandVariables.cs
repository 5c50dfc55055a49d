using System.Globalization;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Notification.Commands;

/// <summary>What a command finds in its environment, beside PATH; nothing is inherited. Part of the public surface.</summary>
internal static class CommandVariables
{
    /// <summary>The variables for a notice; one that has no value is set and empty.</summary>
    public static Dictionary<string, string> Of(Notice notice) => new(StringComparer.Ordinal)
    {
        ["VRRPPS_INSTANCE"] = notice.Subject.Name,
        ["VRRPPS_KIND"] = notice.Subject.Kind,
        ["VRRPPS_NAMESPACE"] = notice.Subject.NetworkNamespace ?? string.Empty,
        ["VRRPPS_OCCASION"] = notice.Occasion.ToString(),
        ["VRRPPS_STATE"] = notice.ToState.Name(),
        ["VRRPPS_FROM"] = notice.FromState.Name(),
        ["VRRPPS_EVENT"] = notice.Event,
        ["VRRPPS_REASON"] = notice.Reason,
        ["VRRPPS_PRIORITY"] = notice.Priority.ToString(CultureInfo.InvariantCulture),
        ["VRRPPS_MASTER"] = notice.Master ?? string.Empty,
        ["VRRPPS_TIME"] = notice.Time.ToString("O", CultureInfo.InvariantCulture),
        ["VRRPPS_SEQUENCE"] = notice.Sequence.ToString(CultureInfo.InvariantCulture),
        ["VRRPPS_INTERFACE"] = notice.InterfaceName ?? string.Empty,
        ["VRRPPS_VRID"] = notice.VirtualRouterId == 0 ? string.Empty : notice.VirtualRouterId.ToString(CultureInfo.InvariantCulture),
        ["VRRPPS_FAMILY"] = notice.AddressFamily?.ToString() ?? string.Empty,
        ["VRRPPS_ADDRESSES"] = notice.VirtualAddresses,
        ["LC_ALL"] = "C.UTF-8",
    };
}
