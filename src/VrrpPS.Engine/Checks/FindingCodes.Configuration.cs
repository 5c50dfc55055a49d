namespace VrrpPS.Engine.Checks;

/// <summary>What is found in configurations.</summary>
public static partial class FindingCodes
{
    /// <summary>Who is Master in one failure.</summary>
    public const string ElectionOutcome = nameof(ElectionOutcome);

    /// <summary>Only one node was given.</summary>
    public const string SingleNode = nameof(SingleNode);

    /// <summary>A virtual router that only one of the nodes has.</summary>
    public const string RouterOnOneNode = nameof(RouterOnOneNode);

    /// <summary>The virtual router id that examples everywhere use.</summary>
    public const string DefaultVirtualRouterId = nameof(DefaultVirtualRouterId);

    /// <summary>Nodes share addresses or a name, but not the virtual router id.</summary>
    public const string VirtualRouterIdDiffers = nameof(VirtualRouterIdDiffers);

    /// <summary>Nodes speak different protocol versions.</summary>
    public const string VersionDiffers = nameof(VersionDiffers);

    /// <summary>Nodes advertise at different intervals.</summary>
    public const string IntervalDiffers = nameof(IntervalDiffers);

    /// <summary>Nodes authenticate differently.</summary>
    public const string AuthenticationDiffers = nameof(AuthenticationDiffers);

    /// <summary>The password crosses the network readable by everyone.</summary>
    public const string ClearTextPassword = nameof(ClearTextPassword);

    /// <summary>Nodes advertise different addresses.</summary>
    public const string AddressListDiffers = nameof(AddressListDiffers);

    /// <summary>Nodes are told different checksum styles.</summary>
    public const string ChecksumStyleDiffers = nameof(ChecksumStyleDiffers);

    /// <summary>Some nodes send by unicast and others by multicast.</summary>
    public const string TransportDiffers = nameof(TransportDiffers);

    /// <summary>A node does not send to another, or does not listen to it.</summary>
    public const string PeerMissing = nameof(PeerMissing);

    /// <summary>The first advertised IPv6 address is not a link-local one.</summary>
    public const string LinkLocalNotFirst = nameof(LinkLocalNotFirst);

    /// <summary>What it means that the addresses accept nothing.</summary>
    public const string AcceptModeOff = nameof(AcceptModeOff);

    /// <summary>Only some of the nodes accept what is sent to the addresses.</summary>
    public const string AcceptModeDiffers = nameof(AcceptModeDiffers);

    /// <summary>A lease that may outlive a takeover.</summary>
    public const string LeaseOverlap = nameof(LeaseOverlap);

    /// <summary>Addresses that outlive a killed process.</summary>
    public const string NoAddressLease = nameof(NoAddressLease);

    /// <summary>An interval that a shell session cannot keep.</summary>
    public const string IntervalUnsafeInSession = nameof(IntervalUnsafeInSession);

    /// <summary>Nodes have the same priority.</summary>
    public const string EqualPriority = nameof(EqualPriority);

    /// <summary>Two nodes claim to own the addresses.</summary>
    public const string SecondOwner = nameof(SecondOwner);

    /// <summary>What it means that a node does not preempt.</summary>
    public const string NoPreempt = nameof(NoPreempt);

    /// <summary>Only some of the nodes preempt.</summary>
    public const string PreemptDiffers = nameof(PreemptDiffers);

    /// <summary>A health check whose failure leaves the Master where it is.</summary>
    public const string CheckWithoutFailover = nameof(CheckWithoutFailover);

    /// <summary>A health check whose failure moves nothing, because the better node does not preempt.</summary>
    public const string NoPreemptBlocksFailover = nameof(NoPreemptBlocksFailover);

    /// <summary>Several nodes are Master at the same time.</summary>
    public const string TwoMasters = nameof(TwoMasters);

    /// <summary>Nodes have put different virtual routers into their sync groups.</summary>
    public const string SyncGroupDiffers = nameof(SyncGroupDiffers);

    /// <summary>No node is preferred for all members of a sync group.</summary>
    public const string SyncGroupOrder = nameof(SyncGroupOrder);

    /// <summary>A node is Master of only some members of its sync group.</summary>
    public const string SyncGroupSplit = nameof(SyncGroupSplit);

    /// <summary>Nodes are left, but none of them becomes Master.</summary>
    public const string NoMaster = nameof(NoMaster);
}
