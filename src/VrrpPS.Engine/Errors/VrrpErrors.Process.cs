namespace VrrpPS.Engine.Errors;

/// <summary>Errors about programs that are started: checks and notifications.</summary>
public static partial class VrrpErrors
{
    /// <summary>The program of a command does not exist.</summary>
    public static VrrpException ProgramNotFound(string program) => new(
        ErrorIds.ProgramNotFound,
        program.Contains('/')
            ? $"There is no program '{program}'. Correct its path, or install it on this node."
            : $"There is no program '{program}' in {Processes.ChildProcessOptions.SearchPath}. Write its full path, or install it on this node.",
        program);

    /// <summary>Somebody beside root could change the program of a health check.</summary>
    public static VrrpException UnsafeProgram(string tracker, string problem) => new(
        ErrorIds.UnsafeProgram, $"The program of health check '{tracker}' is not run: {problem}", tracker);

    /// <summary>The user to run a program as does not exist.</summary>
    public static VrrpException UserNotFound(string user) => new(
        ErrorIds.UserNotFound,
        $"There is no user '{user}' on this node. Choose one that 'getent passwd' lists, or create it: useradd --system --shell /usr/sbin/nologin '{user}'.",
        user);

    /// <summary>The group to run a program as does not exist.</summary>
    public static VrrpException GroupNotFound(string group) => new(
        ErrorIds.UserNotFound,
        $"There is no group '{group}' on this node. Choose one that 'getent group' lists, or leave it out for the user's own.",
        group);

    /// <summary>Nothing is there to change the user with.</summary>
    public static VrrpException UserSwitchUnavailable() => new(
        ErrorIds.ProgramNotFound,
        "Running a program as another user needs 'setpriv' of util-linux, and this node has none in /usr/bin. Install util-linux, or leave the user out.",
        "setpriv");
}
