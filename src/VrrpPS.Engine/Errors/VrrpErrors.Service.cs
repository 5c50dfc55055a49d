namespace VrrpPS.Engine.Errors;

/// <content>The service executable and its control socket.</content>
public static partial class VrrpErrors
{
    /// <summary>Another service answers on the control socket.</summary>
    public static VrrpException ControlSocketInUse(string path) => new(
        ErrorIds.ControlSocketInUse,
        $"Another vrrpps answers on the control socket '{path}'. Stop it, or give this one its own with --socket PATH.",
        path);

    /// <summary>The control socket's path cannot be bound.</summary>
    public static VrrpException ControlSocketUnusable(string path, string why, Exception? innerException = null) => new(
        ErrorIds.ControlSocketUnusable,
        $"The control socket '{path}' cannot be bound: {why}. Choose another place with --socket PATH.",
        path,
        innerException);

    /// <summary>A renaming is not of the form OLD=NEW.</summary>
    public static VrrpException InvalidInterfaceRename(string text) => new(
        ErrorIds.InvalidInterfaceName,
        $"'{text}' is not an interface renaming. Write OLD=NEW, for example --interface ens33=eth0.",
        text);

    /// <summary>A configuration file has errors, which have been listed before.</summary>
    public static VrrpException ConfigurationRefused(string path, int errors) => new(
        ErrorIds.ConfigurationSyntax,
        $"'{path}' has {(errors == 1 ? "an error" : $"{errors} errors")}, listed above; nothing of it is used.",
        path);

    /// <summary>A configuration file asks for things that would be lost, which have been listed before.</summary>
    public static VrrpException ConfigurationLoses(string path, int losses) => new(
        ErrorIds.ConfigurationPartial,
        $"'{path}' asks for {(losses == 1 ? "something" : $"{losses} things")} that would be lost, listed above. Remove them, or accept the loss with --allow-partial.",
        path);

    /// <summary>The lab cannot run.</summary>
    public static VrrpException LabUnusable(string why, Exception? innerException = null) => new(
        ErrorIds.LabUnusable,
        $"The lab cannot run: {why}.",
        why,
        innerException);

    /// <summary>Something the lab waited for did not happen.</summary>
    public static VrrpException LabTimeout(string what, TimeSpan patience, Exception? innerException = null) => new(
        ErrorIds.OperationTimeout,
        $"The lab waited {patience.TotalSeconds:0} s for {what} and it did not happen; the lines above show how far it came.",
        what,
        innerException);

    /// <summary>Not one of the configured instances could be started.</summary>
    public static VrrpException NothingStarted(int count) => new(
        ErrorIds.NothingStarted,
        $"None of the {count} configured instances could be started; the reasons are above.",
        count);

    /// <summary>A configuration without a single instance.</summary>
    public static VrrpException NoInstances(string path) => new(
        ErrorIds.NoInstances,
        $"'{path}' configures no VRRP instance. Add one, for example a vrrp_instance block.",
        path);

    /// <summary>Metrics cannot be offered or sent.</summary>
    public static VrrpException MetricsUnavailable(string place, string why, Exception? innerException = null) => new(
        ErrorIds.MetricsUnavailable,
        $"The metrics cannot be had at '{place}': {why.TrimEnd('.')}. Choose another place with --metrics-listen or --otlp-endpoint.",
        place,
        innerException);
}
