using System.Management.Automation;
using VrrpPS.Engine.Configuration;
using VrrpPS.Parameters;
using VrrpPS.Protocol;

namespace VrrpPS.Commands;

/// <content>How advertisements and announcements leave, and what is taken.</content>
public abstract partial class InstanceValueCmdlet
{
    /// <summary>The TTL or hop limit that advertisements to unicast peers leave with, 1..255. A new instance has 255.</summary>
    [Parameter]
    public int UnicastTimeToLive { get; set; }

    /// <summary>How far away unicast peers may be, each as '192.0.2.2 min_ttl 254 max_ttl 255'; an empty list lets them be anywhere.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? PeerTimeToLive { get; set; }

    /// <summary>The multicast group, the same on every node; '' for the protocol's own (224.0.0.18, ff02::12).</summary>
    [Parameter]
    [AllowEmptyString]
    public string? MulticastGroup { get; set; }

    /// <summary>As Master, does not answer an advertisement of a lower priority at once; its announcements leave either way.</summary>
    [Parameter]
    public SwitchParameter NoLowerPriorityAnswer { get; set; }

    /// <summary>As Master, advertises once more before it yields to a higher priority, so that the winner announces its addresses again.</summary>
    [Parameter]
    public SwitchParameter AdvertiseBeforeYielding { get; set; }

    /// <summary>
    /// Does not accept what is sent to the virtual addresses, as the RFC has it for a Master that does not own them: for gateways that only
    /// forward. ARP and neighbour discovery are answered; ping and services are not. Needs the kernel's nf_tables.
    /// </summary>
    [Parameter]
    public SwitchParameter DisableAcceptMode { get; set; }

    /// <summary>In version 2: discards advertisements with another list of addresses.</summary>
    [Parameter]
    public SwitchParameter StrictAddressList { get; set; }

    /// <summary>When, after becoming Master, all addresses are announced again; 0..1 h each, in seconds or as text in quotes. A new instance has 1s and 5s; an empty list never repeats.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [DurationList]
    public VrrpDuration[]? AnnouncementRepeat { get; set; }

    /// <summary>How often a Master announces its addresses again: 1 s..1 d, or 0 for never. A new instance has 60 s.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? AnnouncementRefresh { get; set; }

    /// <summary>How often every such refresh is announced, a second apart; 1..10. A new instance has 1.</summary>
    [Parameter]
    public int AnnouncementRefreshRepeat { get; set; }

    /// <summary>The gap between two announcements beyond the first 64 of a burst; 0..1 s. A new instance has none.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? AnnouncementInterval { get; set; }

    /// <summary>How often each address is announced at a time; 1..100. A new instance has 1: a switch that loses one frame loses the next as well, and -AnnouncementRepeat does more.</summary>
    [Parameter]
    public int AnnouncementCopy { get; set; }

    /// <summary>How often a Master announces each address when it has heard a lower priority, whose sender may have announced it as well; 0..100, 0 for not at all. A new instance has 1.</summary>
    [Parameter]
    public int LowerPriorityAnnouncementCopy { get; set; }

    /// <summary>How long after that it announces them once more: 0..1 h, 0 for never. A new instance has 0: the next lower priority is answered again.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? LowerPriorityAnnouncementDelay { get; set; }

    private InstanceConfiguration WithTypedTransport(InstanceConfiguration configuration) => configuration with
    {
        UnicastTimeToLive = Typed(nameof(UnicastTimeToLive)) ? UnicastTimeToLive : configuration.UnicastTimeToLive,
        PeerTimeToLive = PeerTimeToLive is null ? configuration.PeerTimeToLive : PeerTimeToLive.Select(Engine.Configuration.PeerTimeToLive.Parse).ToVrrpList(),
        MulticastGroup = MulticastGroup is null ? configuration.MulticastGroup : ReadGroup(MulticastGroup),
        AnswerLowerPriority = Typed(nameof(NoLowerPriorityAnswer)) ? !NoLowerPriorityAnswer : configuration.AnswerLowerPriority,
        AdvertiseBeforeYielding = Typed(nameof(AdvertiseBeforeYielding)) ? AdvertiseBeforeYielding : configuration.AdvertiseBeforeYielding,
        AcceptMode = Typed(nameof(DisableAcceptMode)) ? !DisableAcceptMode : configuration.AcceptMode,
        StrictAddressList = Typed(nameof(StrictAddressList)) ? StrictAddressList : configuration.StrictAddressList,
        Announcement = configuration.Announcement with
        {
            RepeatAfter = AnnouncementRepeat is null ? configuration.Announcement.RepeatAfter : AnnouncementRepeat.Select(static after => after.Value).ToVrrpList(),
            RefreshInterval = AnnouncementRefresh?.Value ?? configuration.Announcement.RefreshInterval,
            RefreshRepeat = Typed(nameof(AnnouncementRefreshRepeat)) ? AnnouncementRefreshRepeat : configuration.Announcement.RefreshRepeat,
            Spacing = AnnouncementInterval?.Value ?? configuration.Announcement.Spacing,
            Copies = Typed(nameof(AnnouncementCopy)) ? AnnouncementCopy : configuration.Announcement.Copies,
            LowerPriorityCopies = Typed(nameof(LowerPriorityAnnouncementCopy)) ? LowerPriorityAnnouncementCopy : configuration.Announcement.LowerPriorityCopies,
            LowerPriorityDelay = LowerPriorityAnnouncementDelay?.Value ?? configuration.Announcement.LowerPriorityDelay,
        },
    };

    /// <summary>The protocol's own group is none of its own in the model: whoever writes it out means the same.</summary>
    private static InetAddress? ReadGroup(string text)
        => text.Length == 0 || ParseAddress(text) is var group && group == InetAddress.VrrpGroup(group.Family) ? null : ParseAddress(text);
}
