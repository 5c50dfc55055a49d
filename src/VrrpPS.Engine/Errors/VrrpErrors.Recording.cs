using VrrpPS.Engine.Recording;

namespace VrrpPS.Engine.Errors;

/// <content>Errors of recordings.</content>
public static partial class VrrpErrors
{
    /// <summary>The file to record to cannot be made.</summary>
    public static VrrpException RecordingUnwritable(string path, Exception reason) => new(
        ErrorIds.RecordingUnwritable,
        $"The recording '{path}' cannot be written: {reason.Message} Choose a path in a folder that exists and that this user may write to.",
        path,
        reason);

    /// <summary>A limit of the recording is out of range.</summary>
    public static VrrpException InvalidRecordingOptions(RecordingOptions options) => new(
        ErrorIds.InvalidConfiguration,
        $"A recording needs files of at least 65536 bytes and at least one of them; '{options.Path}' was to have {options.MaxFiles} of {options.MaxFileSize} bytes.",
        options);

    /// <summary>A recording cannot be read.</summary>
    public static VrrpException RecordingUnreadable(string file, int line, string reason) => new(
        ErrorIds.RecordingUnreadable,
        line == 0
            ? $"The recording '{file}' cannot be read: {reason}"
            : $"The recording '{file}' cannot be read at line {line}: {reason}. What stands before it was read; was it written by another version, or edited?",
        file);
}
