using System.Management.Automation;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Errors;

/// <summary>Every ErrorRecord of the module. Identifiers come from <see cref="ErrorIds"/>; categories are chosen here.</summary>
internal static class ErrorRecords
{
    /// <summary>The identifier of an error that nobody foresaw.</summary>
    internal const string UnexpectedId = "UnexpectedError";

    /// <summary>The identifier of the refusal to replace a file.</summary>
    internal const string FileExistsId = "FileExists";

    /// <summary>The identifier of the refusal to report on an object.</summary>
    internal const string NotReportableId = "NotReportable";

    /// <summary>The identifier of the refusal to replace a file that is read-only.</summary>
    internal const string FileReadOnlyId = "FileReadOnly";

    /// <summary>A refusal of the engine, or anything else that escaped it.</summary>
    internal static ErrorRecord From(Exception exception, object? target = null) => exception switch
    {
        VrrpException refusal => new ErrorRecord(refusal, refusal.ErrorId, CategoryOf(refusal.ErrorId), refusal.Target ?? target),
        _ => new ErrorRecord(exception, UnexpectedId, ErrorCategory.NotSpecified, target),
    };

    /// <summary>A path that cannot be resolved or has no match.</summary>
    internal static ErrorRecord PathNotFound(string path, Exception reason) => new(
        new VrrpException(ErrorIds.ConfigurationUnreadable, $"The path '{path}' leads to no file: {reason.Message} Use -LiteralPath for names with brackets.", path, reason),
        ErrorIds.ConfigurationUnreadable,
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>A path of another provider than the file system.</summary>
    internal static ErrorRecord PathNotFileSystem(string path, string provider) => new(
        new VrrpException(ErrorIds.ConfigurationUnreadable, $"The path '{path}' belongs to the provider {provider}; give the path of a file.", path),
        ErrorIds.ConfigurationUnreadable,
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>A file to write exists and -NoClobber was given.</summary>
    internal static ErrorRecord FileExists(string path) => new(
        new VrrpException(FileExistsId, $"The file '{path}' exists. Leave out -NoClobber to replace it, or choose another name.", path),
        FileExistsId,
        ErrorCategory.ResourceExists,
        path);

    /// <summary>A file to write may not be written and -Force was not given.</summary>
    internal static ErrorRecord FileReadOnly(string path) => new(
        new VrrpException(FileReadOnlyId, $"The file '{path}' is read-only. Give -Force to replace it, or choose another name.", path),
        FileReadOnlyId,
        ErrorCategory.PermissionDenied,
        path);

    /// <summary>An object that a report has no place for.</summary>
    internal static ErrorRecord NotReportable(object value, string kinds) => new(
        new VrrpException(NotReportableId, $"A report has no place for a {value.GetType().Name}. It shows {kinds}. Objects that came from another computer by remoting are copies, which it cannot read: make the report there, or import what was exported.", value),
        NotReportableId,
        ErrorCategory.InvalidType,
        value);

    private static ErrorCategory CategoryOf(string errorId) => errorId switch
    {
        ErrorIds.InstanceNotFound or ErrorIds.NamespaceNotFound or ErrorIds.InterfaceNotFound or ErrorIds.ProgramNotFound or ErrorIds.UserNotFound => ErrorCategory.ObjectNotFound,
        ErrorIds.InstanceExists or ErrorIds.VirtualRouterInUse => ErrorCategory.ResourceExists,
        ErrorIds.MissingCapability or ErrorIds.NotPermitted => ErrorCategory.PermissionDenied,
        ErrorIds.PlatformNotSupported => ErrorCategory.NotImplemented,
        ErrorIds.OperationTimeout or ErrorIds.NoSuccessor => ErrorCategory.OperationTimeout,
        ErrorIds.NotMaster => ErrorCategory.InvalidOperation,
        ErrorIds.ConfigurationUnreadable or ErrorIds.CaptureUnreadable => ErrorCategory.ReadError,
        ErrorIds.ConfigurationSyntax or ErrorIds.ConfigurationPartial => ErrorCategory.ParserError,
        ErrorIds.ConfigurationUnwritable => ErrorCategory.WriteError,
        ErrorIds.ServiceUnreachable => ErrorCategory.ConnectionError,
        ErrorIds.ServiceProtocol => ErrorCategory.ProtocolError,
        ErrorIds.ServiceBusy => ErrorCategory.ResourceBusy,
        ErrorIds.KernelRefused => ErrorCategory.ResourceUnavailable,
        ErrorIds.ReloadIncomplete => ErrorCategory.InvalidResult,
        ErrorIds.EngineFailed => ErrorCategory.OperationStopped,
        ErrorIds.MixedAddressFamily => ErrorCategory.InvalidData,
        _ => ErrorCategory.InvalidArgument,
    };
}
