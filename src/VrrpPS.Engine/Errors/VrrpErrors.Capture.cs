namespace VrrpPS.Engine.Errors;

/// <summary>Errors of capture files.</summary>
public static partial class VrrpErrors
{
    /// <summary>A capture file is damaged, or of no format that is read here.</summary>
    public static VrrpException CaptureUnreadable(string fileName, long offset, string reason) => new(
        ErrorIds.CaptureUnreadable,
        $"The capture file '{fileName}' cannot be read at byte {offset}: {reason}. What stands before it was read; 'tcpdump -r' or 'editcap' may tell more or repair it.",
        fileName);

    /// <summary>A capture file cannot be opened at all.</summary>
    public static VrrpException CaptureNotOpened(string fileName, Exception reason) => new(
        ErrorIds.CaptureUnreadable,
        $"The capture file '{fileName}' cannot be opened: {reason.Message}",
        fileName,
        reason);

    /// <summary>The capture file to write cannot be made.</summary>
    public static VrrpException CaptureNotWritten(string fileName, Exception reason) => new(
        ErrorIds.CaptureUnreadable,
        $"The capture file '{fileName}' cannot be written: {reason.Message} Choose a path in a folder that exists and that you may write to.",
        fileName,
        reason);
}
