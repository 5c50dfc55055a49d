using VrrpPS.Engine.Configuration;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Errors;

public static partial class VrrpErrors
{
    /// <summary>The virtual router id is not 1..255.</summary>
    public static VrrpException InvalidVirtualRouterId(int value) => new(
        ErrorIds.InvalidVirtualRouterId,
        $"{value} is not a virtual router id. Choose 1 to 255, the same on every node of this virtual router and unused by any other on the link.",
        value);

    /// <summary>The priority is not 1..255.</summary>
    public static VrrpException InvalidPriority(int value) => new(
        ErrorIds.InvalidPriority,
        $"{value} is not a priority. Choose 1 to 254, higher for the node that should be Master (default 100); 255 only for the owner of the addresses.",
        value);

    /// <summary>The interval does not fit the version.</summary>
    public static VrrpException InvalidInterval(string value, VrrpVersion version) => new(
        ErrorIds.InvalidInterval,
        version == VrrpVersion.V2
            ? $"An advertisement interval of {value} does not fit VRRP version 2. Choose whole seconds from 1s to 255s, or version 3 on every node."
            : $"An advertisement interval of {value} does not fit VRRP version 3. Choose 0.01s to 40.95s in steps of 0.01s.",
        value);

    /// <summary>Not a version this product speaks.</summary>
    public static VrrpException InvalidVersion(long value) => new(
        ErrorIds.InvalidConfiguration, $"{value} is not a VRRP version. Choose 3, or 2 where peers speak nothing else.", value);

    /// <summary>IPv6 has no version 2.</summary>
    public static VrrpException VersionNeedsIPv4() => new(
        ErrorIds.InvalidConfiguration, "VRRP version 2 carries IPv4 addresses only. Choose version 3 for IPv6.", 2);

    /// <summary>The text or value is no usable virtual address.</summary>
    public static VrrpException InvalidAddress(string value, string reason) => new(
        ErrorIds.InvalidAddress, $"'{value}' cannot be a virtual address: {reason}", value);

    /// <summary>The text is no usable route.</summary>
    public static VrrpException InvalidRoute(string value, string reason) => new(
        ErrorIds.InvalidRoute, $"The route '{value}' cannot be installed: {reason}", value);

    /// <summary>The text is no usable routing rule.</summary>
    public static VrrpException InvalidRule(string value, string reason) => new(
        ErrorIds.InvalidRoute, $"The rule '{value}' cannot be installed: {reason}", value);

    /// <summary>The prefix length does not fit the family.</summary>
    public static VrrpException InvalidPrefixLength(string value, AddressFamily family) => new(
        ErrorIds.InvalidPrefixLength,
        $"The prefix length of '{value}' is out of range. Write 1 to {VirtualAddress.HostPrefixLength(family)} after the slash, or no slash for a single host address.",
        value);

    /// <summary>IPv4 and IPv6 in one virtual router; the message shows the two commands that do it.</summary>
    public static VrrpException MixedAddressFamily(string ipv4, string ipv6, string? interfaceName = null, int? virtualRouterId = null)
    {
        string common = $"Start-VrrpInstance -InterfaceName {interfaceName ?? "<interface>"} -VirtualRouterId {virtualRouterId?.ToString() ?? "<id>"} -VirtualIPAddress";
        return new VrrpException(
            ErrorIds.MixedAddressFamily,
            $"One virtual router serves IPv4 or IPv6, not both (got {ipv4} and {ipv6}). Make two, which may share the id: '{common} {ipv4}' and '{common} {ipv6}'.",
            $"{ipv4}, {ipv6}");
    }

    /// <summary>Linux cannot have an interface of that name.</summary>
    public static VrrpException InvalidInterfaceName(string value) => new(
        ErrorIds.InvalidInterfaceName,
        $"'{value}' is not an interface name. Linux names have 1 to 15 characters without '/', ':' or spaces; 'ip link' lists those of this host.",
        value);

    /// <summary>The advertised list does not fit one advertisement.</summary>
    public static VrrpException TooManyAddresses(int count, int limit) => new(
        ErrorIds.TooManyAddresses,
        $"{count} advertised addresses do not fit one advertisement, which carries at most {limit}. Use excluded addresses (not advertised, bound all the same) for the others, or a second virtual router.",
        count);

    /// <summary>No advertised address at all.</summary>
    public static VrrpException NoAddress() => new(
        ErrorIds.InvalidAddress, "There is no advertised virtual address. Name at least one, such as 192.0.2.1/24.", null);

    /// <summary>The password does not fit; the message never shows it.</summary>
    public static VrrpException InvalidAuthentication(string reason) => new(ErrorIds.InvalidAuthentication, reason, null);

    /// <summary>An address that cannot be a peer, an allowed peer or a source.</summary>
    public static VrrpException InvalidPeer(string role, string value, string reason) => new(
        ErrorIds.InvalidPeer, $"'{value}' cannot be {role}: {reason}", value);

    /// <summary>A value outside its range, or two values that contradict each other.</summary>
    public static VrrpException InvalidConfiguration(string message, object? value) => new(ErrorIds.InvalidConfiguration, message, value);

    /// <summary>A duration outside its range.</summary>
    public static VrrpException DurationOutOfRange(string what, TimeSpan value, string range) => new(
        ErrorIds.InvalidConfiguration, $"{what} of {DurationText.Format(value)} is out of range. Choose {range}.", value);

    /// <summary>The same virtual router twice on one interface.</summary>
    public static VrrpException DuplicateVirtualRouter(InstanceConfiguration first, InstanceConfiguration second) => new(
        ErrorIds.DuplicateVirtualRouter,
        $"'{first.Name}' and '{second.Name}' are both virtual router {second.VirtualRouterId} for {second.AddressFamily} on interface {second.InterfaceName}. Give one of them another virtual router id or interface.",
        second.VirtualRouterId);

    /// <summary>Two members of a sync group that say different things of it.</summary>
    public static VrrpException SyncGroupDiffers(string group, string first, string second) => new(
        ErrorIds.InvalidConfiguration,
        $"'{first}' and '{second}' are in sync group '{group}', but say different things of it (its notification or what it tracks). Say the same in both, or in one of them only.",
        group);

    /// <summary>The same name twice.</summary>
    public static VrrpException DuplicateInstanceName(string name) => new(
        ErrorIds.DuplicateInstanceName, $"Two instances are named '{name}'. Names are compared without case; give one of them another name.", name);

    /// <summary>The text is no duration.</summary>
    public static VrrpException InvalidDuration(string? text) => new(
        ErrorIds.InvalidDuration, $"'{text}' is not a duration. Write a number with a unit, such as 100us, 100ms, 1.5s, 2m or 1h; a bare number means seconds.", text);

    /// <summary>The file cannot be read as text.</summary>
    public static VrrpException ConfigurationUnreadable(string path, string reason, Exception? inner = null) => new(
        ErrorIds.ConfigurationUnreadable, $"The configuration '{path}' cannot be read: {reason}", path, inner);

    /// <summary>The file cannot be written.</summary>
    public static VrrpException ConfigurationUnwritable(string path, string reason, Exception? inner = null) => new(
        ErrorIds.ConfigurationUnwritable, $"The configuration '{path}' cannot be written: {reason} Choose a folder that exists and that you may write to.", path, inner);

    /// <summary>The file has errors, listed one per line.</summary>
    public static VrrpException ConfigurationSyntax(IReadOnlyList<ConfigurationDiagnostic> errors) => new(
        ErrorIds.ConfigurationSyntax, $"The configuration has {Count(errors.Count, "error")}:{Lines(errors)}", errors[0].File);

    /// <summary>The file asks for something that would be lost.</summary>
    public static VrrpException ConfigurationPartial(IReadOnlyList<ConfigurationDiagnostic> losses) => new(
        ErrorIds.ConfigurationPartial,
        $"The configuration asks for {Count(losses.Count, "thing")} that change the election, the addresses or the authentication and are not carried over. Remove them, or accept the loss with --allow-partial (-AllowPartial):{Lines(losses)}",
        losses[0].File);

    private static string Lines(IReadOnlyList<ConfigurationDiagnostic> diagnostics)
        => string.Concat(diagnostics.Select(d => $"{Environment.NewLine}  {d}"));

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
