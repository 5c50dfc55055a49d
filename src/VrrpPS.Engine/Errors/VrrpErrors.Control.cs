using VrrpPS.Engine.Runtime;

namespace VrrpPS.Engine.Errors;

/// <content>Both sides of the control socket.</content>
public static partial class VrrpErrors
{
    /// <summary>Nobody answers on the control socket.</summary>
    public static VrrpException ServiceUnreachable(string path, string why, Exception? innerException = null) => new(
        ErrorIds.ServiceUnreachable,
        $"No vrrpps service answers on '{path}': {why}. Is it running (systemctl status vrrpps)? If it was given another place with --socket, name it with -SocketPath (--socket).",
        path,
        innerException);

    /// <summary>Nobody answers in any of the usual places.</summary>
    public static VrrpException ServiceUnreachable(IReadOnlyList<string> paths) => ServiceUnreachable(string.Join("' or '", paths), "there is no such socket");

    /// <summary>Somebody answers whom we do not understand.</summary>
    public static VrrpException ServiceProtocol(string path, string why, Exception? innerException = null) => new(
        ErrorIds.ServiceProtocol,
        $"What answers on '{path}' is no vrrpps of this version: {why}. Use the module and the service of the same release, or name another socket.",
        path,
        innerException);

    /// <summary>The caller may read, not change.</summary>
    public static VrrpException NotPermitted(string method, uint userId, string group) => new(
        ErrorIds.NotPermitted,
        $"User {userId} may look, but '{method}' changes something: that takes root or a member of the group {group}. Use sudo, or become a member (usermod -aG) and log in again; 'vrrpps run --group NAME' chooses the group.",
        method);

    /// <summary>A member of the group would make the service run or open something with rights that he does not have.</summary>
    public static VrrpException ControlChangeNeedsRoot(string name, string what) => new(
        ErrorIds.NotPermitted,
        $"This change of '{name}' takes root: {what} to a service that has more rights than you. Use sudo, or change the configuration file and reload.",
        name);

    /// <summary>There are too many connections.</summary>
    public static VrrpException ControlBusy(uint userId, int greatest, int greatestOfUser) => new(
        ErrorIds.ServiceBusy,
        $"The service has too many connections: {greatest} at most, {greatestOfUser} of one user who may only look. User {userId} may close some, or try again later; 'ss -xp' shows who has them.",
        userId);

    /// <summary>The parameters do not fit the method.</summary>
    public static VrrpException ControlParameters(string why) => new(
        ErrorIds.InvalidRequest, $"{why} docs/control-socket.md has every method with its parameters.", why);

    /// <summary>The name runs in several namespaces and the request does not say in which.</summary>
    public static VrrpException ControlAmbiguous(string name, IEnumerable<string?> networkNamespaces) => new(
        ErrorIds.AmbiguousInstance,
        $"'{name}' is there in several network namespaces ({string.Join(", ", networkNamespaces.Select(ns => ns ?? "the service's own"))}). Say which one with 'networkNamespace' ('' is the service's own).",
        name);

    /// <summary>The configuration file does not have the instance.</summary>
    public static VrrpException NotConfigured(string name, string? networkNamespace) => new(
        ErrorIds.InstanceNotFound,
        $"The service's configuration has no instance named '{name}'{In(networkNamespace)}. 'vrrpps check' lists those it has.",
        name);

    /// <summary>A reload was refused.</summary>
    public static VrrpException ReloadRefused(VrrpException refusal, IReadOnlyList<string> lines) => new(
        refusal.ErrorId,
        $"The configuration is not reloaded, the old one stays in force. {refusal.Message}{string.Concat(lines.Select(static line => $"{Environment.NewLine}  {line}"))}",
        refusal.Target,
        refusal);

    /// <summary>A step of a reload failed.</summary>
    public static VrrpException ReloadIncomplete(string path, string failure) => new(
        ErrorIds.ReloadIncomplete,
        $"The configuration is reloaded, but a step of it failed: {failure} What the step was about is as it was before; remove the cause and reload again. The service's log has the details.",
        path);

    /// <summary>An instance was stopped and does not start again.</summary>
    public static VrrpException RestartFailed(InstanceKey key, VrrpException refusal) => new(
        refusal.ErrorId,
        $"'{key}' was stopped and does not start again: {refusal.Message}",
        key.Name,
        refusal);
}
