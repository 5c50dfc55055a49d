using VrrpPS.Engine.Runtime;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Errors;

/// <summary>Refusals that only an interactive session makes: names, durations as typed, and what a shell cannot promise.</summary>
public static partial class VrrpErrors
{
    /// <summary>The same name runs in several network namespaces and a change must hit one only.</summary>
    public static VrrpException AmbiguousInstance(string name, IEnumerable<string?> networkNamespaces) => new(
        ErrorIds.AmbiguousInstance,
        $"'{name}' runs in several network namespaces ({string.Join(", ", networkNamespaces.Select(ns => ns ?? "the session's own"))}). Say which one with -NetworkNamespace ('' is the session's own), or pipe the instance in.",
        name);

    /// <summary>The same name runs in this session and in the service, and a change must hit one only.</summary>
    public static VrrpException AmbiguousHost(string name) => new(
        ErrorIds.AmbiguousInstance,
        $"'{name}' runs in this session and in the vrrpps service. Give -Service for the service's (-SocketPath where it has another socket), -SocketPath '' for the session's, or pipe the instance in.",
        name);

    /// <summary>What only a session has was asked of an instance of the service.</summary>
    public static VrrpException NotInService(string name, string what) => new(
        ErrorIds.InvalidConfiguration,
        $"'{name}' runs in the vrrpps service: {what}",
        name);

    /// <summary>PowerShell's own number literals have eaten the unit that was typed.</summary>
    public static VrrpException AmbiguousDuration(object value) => new(
        ErrorIds.AmbiguousDuration,
        $"PowerShell has read the duration as the number {value} ({value.GetType().Name}), so its unit is lost. Write it in quotes, for example '1.5s', or give a TimeSpan or a whole number of seconds.",
        value);

    /// <summary>An interval below what a shared process can promise at all.</summary>
    public static VrrpException IntervalUnsafeInSession(string name, Interval interval) => new(
        ErrorIds.IntervalUnsafeInSession,
        $"An advertisement interval of {interval} for '{name}' is too short for a PowerShell session: its garbage collector may pause the engine for 100 ms. Use 0.5s or more, run the instance in the vrrpps service, or add -Force.",
        name);

    /// <summary>What is said when an interval is kept most of the time but not always.</summary>
    public static string IntervalWarning(string name, Interval interval)
        => $"{ErrorIds.IntervalUnsafeInSession}: '{name}' advertises every {interval}; a busy PowerShell session can pause longer than that allows and lose the Master role without need. Use 0.5s or more here, or the vrrpps service.";

    /// <summary>The wanted state was not reached in time.</summary>
    public static VrrpException StateTimeout(InstanceKey key, string wanted, string actual, TimeSpan timeout) => new(
        ErrorIds.OperationTimeout,
        $"'{key}' is {actual}, not {wanted}, after {timeout.TotalSeconds:0.###} s. Get-VrrpState '{key.Name}' says why; wait longer with -Timeout.",
        key.Name);

    /// <summary>The text has wildcard characters but is no pattern.</summary>
    public static VrrpException InvalidPattern(string pattern) => new(
        ErrorIds.InstanceNotFound,
        $"No instance is named '{pattern}', and it is no wildcard pattern: a '[' is never closed. Close it, or write it as `[ in single quotes when it belongs to the name.",
        pattern);

    /// <summary>A changed address list holds the other family.</summary>
    public static VrrpException ForeignAddressFamily(string name, AddressFamily family, string address) => new(
        ErrorIds.MixedAddressFamily,
        $"'{name}' serves {family}; the address '{address}' does not fit. Start a second instance for the other family with Start-VrrpInstance.",
        address);

    /// <summary>The text is no address at all.</summary>
    public static VrrpException NotAnAddress(string role, object? value)
        => InvalidPeer(role, $"{value}", "it is not an IPv4 or IPv6 address. Write all four parts of an IPv4 address, and no scope.");
}
