using System.Reflection;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Module.Tests;

/// <summary>Whatever a configuration file can say of an instance, a parameter can say as well, or it is written here why not.</summary>
public sealed class ParameterCoverageTests
{
    private const string Start = "Start-VrrpInstance";
    private const string Tell = "New-VrrpNotification";

    /// <summary>Properties whose parameters have other names; the others are theirs, or theirs in the singular.</summary>
    private static readonly Dictionary<string, string[]> s_parameters = new(StringComparer.Ordinal)
    {
        ["AddressFamily"] = ["VirtualIPAddress"],
        ["VirtualAddresses"] = ["VirtualIPAddress", "ExcludedVirtualIPAddress"],
        ["Preempt"] = ["NoPreempt"],
        ["AnswerLowerPriority"] = ["NoLowerPriorityAnswer"],
        ["AcceptMode"] = ["DisableAcceptMode"],
        ["AllowedPeers"] = ["AllowedPeer"],
        ["Hmac"] = ["HmacKey", "HmacKeyId", "HmacActiveKey", "HmacMode", "HmacAntiReplay", "HmacTimeWindow"],
        ["Announcement"] = ["AnnouncementRepeat", "AnnouncementRefresh", "AnnouncementRefreshRepeat", "AnnouncementInterval", "AnnouncementCopy", "LowerPriorityAnnouncementCopy", "LowerPriorityAnnouncementDelay"],
        ["VirtualMac"] = ["UseVirtualMac", "VirtualMacName", "VirtualMacAddress", "TransmitFromBase"],
        ["SyncGroupOptions"] = ["SyncGroupNotification"],
        ["RepeatAfter"] = ["AnnouncementRepeat"],
        ["RefreshInterval"] = ["AnnouncementRefresh"],
        ["RefreshRepeat"] = ["AnnouncementRefreshRepeat"],
        ["Spacing"] = ["AnnouncementInterval"],
        ["Copies"] = ["AnnouncementCopy"],
        ["LowerPriorityCopies"] = ["LowerPriorityAnnouncementCopy"],
        ["LowerPriorityDelay"] = ["LowerPriorityAnnouncementDelay"],
        ["Commands"] = ["Command"],
        ["PriorityChanges"] = ["PriorityChange"],
        ["Arguments"] = ["Command"],
        ["StateArguments"] = ["StateArgument"],
        ["Path"] = ["EventFile"],
        ["To"] = ["Mail"],
        ["User"] = ["User", "Credential"],
        ["Password"] = ["Credential"],
        ["Faults"] = ["NoFault"],
    };

    /// <summary>What only a file says, and why.</summary>
    private static readonly Dictionary<string, string> s_fileOnly = new(StringComparer.Ordinal)
    {
        ["SyncGroupOptions.TrackInterfaces"] = "-TrackInterface of the members says the same.",
        ["SyncGroupOptions.Trackers"] = "-Tracker of the members says the same.",
        ["SyncGroupOptions.TrackingWeight"] = "It copies what keepalived leaves out; whoever types a weight means it.",
        ["SyncGroupOptions.Notification"] = "Its parameter is of the instance: -SyncGroupNotification.",
    };

    public static TheoryData<string, string, string> Properties()
    {
        var rows = new TheoryData<string, string, string>();
        Add(typeof(InstanceConfiguration), Start);
        Add(typeof(AnnouncementOptions), Start);
        Add(typeof(SyncGroupOptions), Start);
        Add(typeof(NotificationOptions), Tell);
        Add(typeof(NotificationCommand), Tell);
        Add(typeof(EventFileOptions), Tell);
        Add(typeof(MailOptions), Tell);
        return rows;

        void Add(Type model, string cmdlet)
        {
            foreach (var property in model.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.CanWrite))
            {
                rows.Add(model.Name, property.Name, cmdlet);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_property_has_parameters_or_a_reason(string model, string property, string cmdlet)
    {
        if (s_fileOnly.ContainsKey($"{model}.{property}"))
        {
            return;
        }

        var known = CmdletInfo.All.Single(c => c.Name == cmdlet).Parameters.Select(static p => p.Name).ToHashSet(StringComparer.Ordinal);
        string[] wanted = s_parameters.TryGetValue(property, out string[]? named) ? named
            : known.Contains(property) ? [property]
            : [property.EndsWith("es", StringComparison.Ordinal) && known.Contains(property[..^2]) ? property[..^2] : property.TrimEnd('s')];
        Assert.All(wanted, parameter => Assert.True(known.Contains(parameter), $"{cmdlet} has no -{parameter} for {model}.{property}. Add it, or write down here why only a file says it."));
    }

    [Fact]
    public void Every_reason_is_about_something()
    {
        var properties = Properties().Select(static row => $"{row.Data.Item1}.{row.Data.Item2}").ToHashSet(StringComparer.Ordinal);
        Assert.Empty(s_fileOnly.Keys.Except(properties));
    }
}
