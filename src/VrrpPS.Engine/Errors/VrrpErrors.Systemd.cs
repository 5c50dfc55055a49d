namespace VrrpPS.Engine.Errors;

/// <content>Services of systemd.</content>
public static partial class VrrpErrors
{
    /// <summary>systemctl failed.</summary>
    public static VrrpException SystemdRefused(string command, string why) => new(
        ErrorIds.SystemdRefused,
        $"'{command}' failed: {why.TrimEnd('.')}. Look at 'systemctl status' and 'journalctl -xe', and run it again.",
        command);

    /// <summary>A unit file is somebody else's.</summary>
    public static VrrpException UnitNotOurs(string path) => new(
        ErrorIds.UnitNotOurs,
        $"The unit '{path}' was not written by this module. Choose another -Name, or move that file away.",
        path);

    /// <summary>No such unit.</summary>
    public static VrrpException UnitNotFound(string path) => new(
        ErrorIds.UnitNotFound,
        $"There is no unit '{path}'. Give the -Name it was registered under, and -UnitDirectory if it was written elsewhere.",
        path);

    /// <summary>A fragment's instance exists in another fragment.</summary>
    public static VrrpException DuplicateInFragments(VrrpException problem, Configuration.SourcePosition first) => new(
        problem.ErrorId,
        $"{problem.Message} The first of them is at {first}.",
        problem.Target);
}
