namespace VrrpPS.Service.Control;

/// <summary>Where the control socket lives when nobody says.</summary>
internal static class ControlSocketPath
{
    /// <summary>The default for a service that may write to <c>/run</c>.</summary>
    public const string System = "/run/vrrpps/control.sock";

    /// <summary>
    /// The places to try, best first: the system's, then the user's own runtime directory where there is one.
    /// </summary>
    public static IReadOnlyList<string> Defaults(string? runtimeDirectory)
        => string.IsNullOrEmpty(runtimeDirectory) ? [System] : [System, Path.Combine(runtimeDirectory, "vrrpps.sock")];
}
