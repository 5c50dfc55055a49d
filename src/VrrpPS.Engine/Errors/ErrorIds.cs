namespace VrrpPS.Engine.Errors;

/// <summary>The identifiers of every error this product raises. They are part of the public surface: added, never changed.</summary>
public static class ErrorIds
{
    /// <summary>No instance has that name.</summary>
    public const string InstanceNotFound = nameof(InstanceNotFound);

    /// <summary>An instance of that name runs already.</summary>
    public const string InstanceExists = nameof(InstanceExists);

    /// <summary>The name fits several instances and the command changes only one.</summary>
    public const string AmbiguousInstance = nameof(AmbiguousInstance);

    /// <summary>Another speaker holds the virtual router on that interface.</summary>
    public const string VirtualRouterInUse = nameof(VirtualRouterInUse);

    /// <summary>CAP_NET_ADMIN or CAP_NET_RAW is missing.</summary>
    public const string MissingCapability = nameof(MissingCapability);

    /// <summary>The operating system is not Linux, or too old.</summary>
    public const string PlatformNotSupported = nameof(PlatformNotSupported);

    /// <summary>The named network namespace does not exist.</summary>
    public const string NamespaceNotFound = nameof(NamespaceNotFound);

    /// <summary>A configuration value is outside its range.</summary>
    public const string InvalidConfiguration = nameof(InvalidConfiguration);

    /// <summary>The virtual router id is not 1..255.</summary>
    public const string InvalidVirtualRouterId = nameof(InvalidVirtualRouterId);

    /// <summary>The priority is not 1..255.</summary>
    public const string InvalidPriority = nameof(InvalidPriority);

    /// <summary>The advertisement interval does not fit the version.</summary>
    public const string InvalidInterval = nameof(InvalidInterval);

    /// <summary>An address cannot be parsed or cannot be a virtual address.</summary>
    public const string InvalidAddress = nameof(InvalidAddress);

    /// <summary>A prefix length is out of range.</summary>
    public const string InvalidPrefixLength = nameof(InvalidPrefixLength);

    /// <summary>The text is no route or rule that can be installed.</summary>
    public const string InvalidRoute = nameof(InvalidRoute);

    /// <summary>IPv4 and IPv6 addresses in one instance.</summary>
    public const string MixedAddressFamily = nameof(MixedAddressFamily);

    /// <summary>An interface name that Linux cannot have.</summary>
    public const string InvalidInterfaceName = nameof(InvalidInterfaceName);

    /// <summary>More addresses than one advertisement can carry.</summary>
    public const string TooManyAddresses = nameof(TooManyAddresses);

    /// <summary>Priority 255 without owning the addresses.</summary>
    public const string NotAddressOwner = nameof(NotAddressOwner);

    /// <summary>The link for a virtual MAC address cannot be made.</summary>
    public const string VirtualMacImpossible = nameof(VirtualMacImpossible);

    /// <summary>The kernel cannot be told to refuse what is sent to the addresses.</summary>
    public const string AcceptModeImpossible = nameof(AcceptModeImpossible);

    /// <summary>An authentication password that version 2 cannot carry.</summary>
    public const string InvalidAuthentication = nameof(InvalidAuthentication);

    /// <summary>A peer or source address that cannot be one.</summary>
    public const string InvalidPeer = nameof(InvalidPeer);

    /// <summary>Two configurations of the same virtual router on one interface.</summary>
    public const string DuplicateVirtualRouter = nameof(DuplicateVirtualRouter);

    /// <summary>Two configurations with the same name.</summary>
    public const string DuplicateInstanceName = nameof(DuplicateInstanceName);

    /// <summary>An interval that a shell session cannot keep.</summary>
    public const string IntervalUnsafeInSession = nameof(IntervalUnsafeInSession);

    /// <summary>A duration that could mean two things.</summary>
    public const string AmbiguousDuration = nameof(AmbiguousDuration);

    /// <summary>A duration that cannot be read.</summary>
    public const string InvalidDuration = nameof(InvalidDuration);

    /// <summary>A configuration file cannot be written.</summary>
    public const string ConfigurationUnwritable = nameof(ConfigurationUnwritable);

    /// <summary>A configuration file cannot be read.</summary>
    public const string ConfigurationUnreadable = nameof(ConfigurationUnreadable);

    /// <summary>A configuration file has errors; each is listed with file, line and column.</summary>
    public const string ConfigurationSyntax = nameof(ConfigurationSyntax);

    /// <summary>A configuration uses something that would be lost; see --allow-partial.</summary>
    public const string ConfigurationPartial = nameof(ConfigurationPartial);

    /// <summary>A configuration file has no instance.</summary>
    public const string NoInstances = nameof(NoInstances);

    /// <summary>Not one configured instance could be started.</summary>
    public const string NothingStarted = nameof(NothingStarted);

    /// <summary>Another service answers on the control socket.</summary>
    public const string ControlSocketInUse = nameof(ControlSocketInUse);

    /// <summary>The control socket cannot be bound.</summary>
    public const string ControlSocketUnusable = nameof(ControlSocketUnusable);

    /// <summary>The lab cannot be built from the given configurations or on this machine.</summary>
    public const string LabUnusable = nameof(LabUnusable);

    /// <summary>A capture file cannot be read.</summary>
    public const string CaptureUnreadable = nameof(CaptureUnreadable);

    /// <summary>A recording cannot be written.</summary>
    public const string RecordingUnwritable = nameof(RecordingUnwritable);

    /// <summary>A recording cannot be read.</summary>
    public const string RecordingUnreadable = nameof(RecordingUnreadable);

    /// <summary>The time allowed for an operation ran out.</summary>
    public const string OperationTimeout = nameof(OperationTimeout);

    /// <summary>Nobody took the Master role.</summary>
    public const string NoSuccessor = nameof(NoSuccessor);

    /// <summary>The instance is not Master.</summary>
    public const string NotMaster = nameof(NotMaster);

    /// <summary>The kernel refused an operation; its own words are in the message.</summary>
    public const string KernelRefused = nameof(KernelRefused);

    /// <summary>The interface does not exist.</summary>
    public const string InterfaceNotFound = nameof(InterfaceNotFound);

    /// <summary>The engine's loop ended unexpectedly.</summary>
    public const string EngineFailed = nameof(EngineFailed);

    /// <summary>A program to be started does not exist on this node.</summary>
    public const string ProgramNotFound = nameof(ProgramNotFound);

    /// <summary>Somebody beside root could change a program that is to be run.</summary>
    public const string UnsafeProgram = nameof(UnsafeProgram);

    /// <summary>A user or group to run a program as does not exist on this node.</summary>
    public const string UserNotFound = nameof(UserNotFound);

    /// <summary>Another process keeps static addresses, routes and rules in the network namespace.</summary>
    public const string StaticNetworkInUse = nameof(StaticNetworkInUse);

    /// <summary>systemctl did not do what it was asked to.</summary>
    public const string SystemdRefused = nameof(SystemdRefused);

    /// <summary>A unit file of that name was written by somebody else.</summary>
    public const string UnitNotOurs = nameof(UnitNotOurs);

    /// <summary>There is no unit of that name.</summary>
    public const string UnitNotFound = nameof(UnitNotFound);

    /// <summary>Metrics cannot be offered or sent where they were asked for.</summary>
    public const string MetricsUnavailable = nameof(MetricsUnavailable);

    /// <summary>No service answers on the control socket.</summary>
    public const string ServiceUnreachable = nameof(ServiceUnreachable);

    /// <summary>What answers on the control socket is not understood.</summary>
    public const string ServiceProtocol = nameof(ServiceProtocol);

    /// <summary>The service read its configuration again, and could not carry out a part of the difference.</summary>
    public const string ReloadIncomplete = nameof(ReloadIncomplete);

    /// <summary>The service has too many connections.</summary>
    public const string ServiceBusy = nameof(ServiceBusy);

    /// <summary>The caller may read the service's state and not change it.</summary>
    public const string NotPermitted = nameof(NotPermitted);

    /// <summary>A request on the control socket that cannot be understood.</summary>
    public const string InvalidRequest = nameof(InvalidRequest);
}
