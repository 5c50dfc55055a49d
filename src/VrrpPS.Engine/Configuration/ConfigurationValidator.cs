using System.Buffers;
using System.Text;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration;

/// <summary>
/// The one place that judges configurations, whichever way they came in. It knows values only: whether an interface exists
/// or an address is owned is found out when the instance starts.
/// </summary>
public static partial class ConfigurationValidator
{
    /// <summary>The longest name of a Linux interface (IFNAMSIZ without the terminator).</summary>
    public const int MaxInterfaceNameLength = 15;

    private static readonly TimeSpan MaxPreemptDelay = TimeSpan.FromSeconds(1000);
    private static readonly TimeSpan MaxStartupDelay = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinLease = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxLease = TimeSpan.FromDays(1);
    private static readonly SearchValues<char> ForbiddenInInterfaceName = SearchValues.Create("/: \t\r\n\v\f\0");

    /// <summary>Finds everything that is wrong with one configuration.</summary>
    public static IReadOnlyList<ConfigurationProblem> Validate(InstanceConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<ConfigurationProblem>();
        CheckIdentity(configuration, problems);
        CheckProtocol(configuration, problems);
        CheckAddresses(configuration, problems);
        CheckRoutes(configuration, problems);
        CheckPeers(configuration, problems);
        CheckVirtualMac(configuration, problems);
        CheckTimes(configuration, problems);
        CheckNotification(configuration.Notification, problems);
        CheckTrackers(configuration, problems);
        CheckSyncGroup(configuration, problems);
        return problems;
    }

    /// <summary>Refuses a configuration with its first problem.</summary>
    /// <exception cref="VrrpException">The error id tells the kind of value.</exception>
    public static void ThrowIfInvalid(InstanceConfiguration configuration)
    {
        if (Validate(configuration) is [var first, ..])
        {
            throw first.Error;
        }
    }

    /// <summary>Whether Linux can have an interface of that name.</summary>
    public static bool IsInterfaceName(string? name) => name is { Length: > 0 } && name is not "." and not ".."
        && Encoding.UTF8.GetByteCount(name) <= MaxInterfaceNameLength && !name.AsSpan().ContainsAny(ForbiddenInInterfaceName);

    private static void CheckIdentity(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(c.Name) || c.Name.Any(char.IsControl))
        {
            Add(problems, nameof(c.Name), VrrpErrors.InvalidConfiguration(
                $"'{c.Name}' is not a name. Choose a printable text, or leave it out for {InstanceConfiguration.DefaultName("eth0", 1, AddressFamily.IPv4)} style names.", c.Name));
        }

        if (!IsInterfaceName(c.InterfaceName))
        {
            Add(problems, nameof(c.InterfaceName), VrrpErrors.InvalidInterfaceName(c.InterfaceName));
        }

        if (c.VirtualRouterId is < 1 or > 255)
        {
            Add(problems, nameof(c.VirtualRouterId), VrrpErrors.InvalidVirtualRouterId(c.VirtualRouterId));
        }

        if (c.NetworkNamespace is { } space && (space.Length is 0 or > 255 || space is "." or ".." || space.AsSpan().ContainsAny('/', '\0')))
        {
            Add(problems, nameof(c.NetworkNamespace), VrrpErrors.InvalidConfiguration(
                $"'{space}' is not the name of a network namespace. 'ip netns' lists them; leave it out for the process's own.", space));
        }

        if (c.SyncGroup is { } group && (string.IsNullOrWhiteSpace(group) || group.Any(char.IsControl)))
        {
            Add(problems, nameof(c.SyncGroup), VrrpErrors.InvalidConfiguration(
                $"'{group}' is not the name of a sync group. Choose a printable text, the same for all its members, or leave it out.", group));
        }

        for (int i = 0; i < c.TrackInterfaces.Count; i++)
        {
            string name = c.TrackInterfaces[i];
            if (!IsInterfaceName(name))
            {
                Add(problems, nameof(c.TrackInterfaces), VrrpErrors.InvalidInterfaceName(name));
            }
            else if (c.TrackInterfaces.Take(i).Contains(name, StringComparer.Ordinal))
            {
                Add(problems, nameof(c.TrackInterfaces), VrrpErrors.InvalidConfiguration($"Interface '{name}' is tracked twice. Name it once.", name));
            }
        }
    }

    private static void CheckProtocol(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        if (c.Version is not VrrpVersion.V2 and not VrrpVersion.V3)
        {
            Add(problems, nameof(c.Version), VrrpErrors.InvalidVersion((long)c.Version));
        }
        else if (c.Version == VrrpVersion.V2 && c.AddressFamily == AddressFamily.IPv6)
        {
            Add(problems, nameof(c.Version), VrrpErrors.VersionNeedsIPv4());
        }

        if (c.Priority is < 1 or > 255)
        {
            Add(problems, nameof(c.Priority), VrrpErrors.InvalidPriority(c.Priority));
        }

        if (!c.AdvertisementInterval.IsValidFor(c.Version))
        {
            Add(problems, nameof(c.AdvertisementInterval), VrrpErrors.InvalidInterval(c.AdvertisementInterval.ToString(), c.Version));
        }

        if (c.ChecksumStyle is < ChecksumStyle.Auto or > ChecksumStyle.Both)
        {
            Add(problems, nameof(c.ChecksumStyle), VrrpErrors.InvalidConfiguration(
                $"{(long)c.ChecksumStyle} is not a checksum style. Choose Auto, PseudoHeader, Rfc9568 or Both.", (long)c.ChecksumStyle));
        }

        CheckVersion2Compatibility(c, problems);
        CheckElection(c, problems);
        CheckAuthentication(c, problems);
    }

    private static void CheckVersion2Compatibility(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        if (!c.Version2Compatibility)
        {
            return;
        }

        string? reason = c switch
        {
            { AddressFamily: AddressFamily.IPv6 } => "Version 2 compatibility is for IPv4: over IPv6 there is no version 2. Leave it out.",
            { Version: VrrpVersion.V2 } => "Version 2 compatibility is for nodes of version 3 beside peers that know only version 2. Choose version 3 for this one, or leave it out.",
            { Hmac: not null } => "Signed advertisements are sent in one version only. Leave the HMAC keys out until the last node of version 2 is gone, or leave version 2 compatibility out.",
            _ => null,
        };
        if (reason is not null)
        {
            Add(problems, nameof(c.Version2Compatibility), VrrpErrors.InvalidConfiguration(reason, true));
        }
    }

    private static void CheckElection(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        if (c.DownTimerAdverts is < 1 or > 100)
        {
            Add(problems, nameof(c.DownTimerAdverts), VrrpErrors.InvalidConfiguration(
                $"{c.DownTimerAdverts} is not a number of missed advertisements. Choose 1 to 100, the same on every node; 3 is the protocol's own.", c.DownTimerAdverts));
        }

        if (c.OwnerIgnoreAdverts && c.Priority != 255)
        {
            Add(problems, nameof(c.OwnerIgnoreAdverts), VrrpErrors.InvalidConfiguration(
                $"Only the owner of the addresses may take no notice of other routers, and priority {c.Priority} is no owner's. Leave it out, or use priority 255 on the node that has the addresses itself.", true));
        }

        if (c.TimerExpiredBackup is < 0 or > 254)
        {
            Add(problems, nameof(c.TimerExpiredBackup), VrrpErrors.InvalidConfiguration(
                $"{c.TimerExpiredBackup} is not the priority of another node. Choose 1 to 254, the highest of them, or 0 for none.", c.TimerExpiredBackup));
        }
        else if (c.TimerExpiredBackup > 0 && c.Preempt)
        {
            Add(problems, nameof(c.TimerExpiredBackup), VrrpErrors.InvalidConfiguration(
                "Yielding after a late timer means nothing to a node that preempts the others right away. Leave it out, or switch preemption off.", c.TimerExpiredBackup));
        }
    }

    private static void CheckTimes(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        CheckRange(problems, nameof(c.PreemptDelay), "A preempt delay", c.PreemptDelay, TimeSpan.Zero, MaxPreemptDelay, "0s to 1000s");
        CheckRange(problems, nameof(c.DelayAfterBoot), "A delay after boot", c.DelayAfterBoot, TimeSpan.Zero, MaxStartupDelay, "0s to 1h");
        CheckRange(problems, nameof(c.StartupDelay), "A startup delay", c.StartupDelay, TimeSpan.Zero, MaxStartupDelay, "0s to 1h");
        if (!c.Preempt && c.PreemptDelay > TimeSpan.Zero)
        {
            Add(problems, nameof(c.PreemptDelay), VrrpErrors.InvalidConfiguration(
                $"A preempt delay of {DurationText.Format(c.PreemptDelay)} contradicts not preempting at all. Leave one of them out.", c.PreemptDelay));
        }

        if (c.AddressLease is { } lease)
        {
            CheckRange(problems, nameof(c.AddressLease), "An address lease", lease, MinLease, MaxLease, "whole seconds from 2s to 24h, or leave it out for the default");
            if (lease.Ticks % TimeSpan.TicksPerSecond != 0)
            {
                Add(problems, nameof(c.AddressLease), VrrpErrors.DurationOutOfRange("An address lease", lease, "whole seconds: the kernel counts no fractions"));
            }

            if (c.NoAddressLease)
            {
                Add(problems, nameof(c.NoAddressLease), VrrpErrors.InvalidConfiguration(
                    $"An address lease of {DurationText.Format(lease)} contradicts having none. Leave one of them out.", true));
            }
        }

        const string announcement = nameof(c.Announcement);
        foreach (var after in c.Announcement.RepeatAfter)
        {
            CheckRange(problems, announcement, "An announcement's repetition", after, TimeSpan.Zero, TimeSpan.FromHours(1), "0s to 1h");
        }

        if (c.Announcement.RefreshInterval != TimeSpan.Zero)
        {
            CheckRange(problems, announcement, "An announcement's refresh interval", c.Announcement.RefreshInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), "1s to 24h, or 0s for never");
        }

        CheckRange(problems, announcement, "The delay of announcements after a lower priority", c.Announcement.LowerPriorityDelay, TimeSpan.Zero, TimeSpan.FromHours(1), "0s to 1h");
        CheckRange(problems, announcement, "A spacing between announcements", c.Announcement.Spacing, TimeSpan.Zero, TimeSpan.FromSeconds(1), "0s to 1s");
    }

    private static void CheckRange(
        List<ConfigurationProblem> problems, string property, string what, TimeSpan value, TimeSpan least, TimeSpan most, string range)
    {
        if (value < least || value > most)
        {
            Add(problems, property, VrrpErrors.DurationOutOfRange(what, value, range));
        }
    }

    private static void Add(List<ConfigurationProblem> problems, string property, VrrpException error)
        => problems.Add(new ConfigurationProblem(property, error));
}
