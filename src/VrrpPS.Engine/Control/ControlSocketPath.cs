namespace VrrpPS.Engine.Control;

/// <summary>Where the control socket lives when nobody says.</summary>
public static class ControlSocketPath
{
    /// <summary>The default for a service that may write to <c>/run</c>.</summary>
    public const string System = "/run/vrrpps/control.sock";

    /// <summary>Where a service of some name has it, by its unit.</summary>
    public static string OfService(string name) => $"/run/{name}/control.sock";

    /// <summary>
    /// The places to try, best first: the system's, then the user's own runtime directory where there is one.
    /// </summary>
    /// <param name="runtimeDirectory">The value of <c>XDG_RUNTIME_DIR</c>.</param>
    public static IReadOnlyList<string> Defaults(string? runtimeDirectory)
        => string.IsNullOrEmpty(runtimeDirectory) ? [System] : [System, Path.Combine(runtimeDirectory, "vrrpps.sock")];

    /// <summary>The places to try in this process.</summary>
    public static IReadOnlyList<string> Defaults() => Defaults(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"));
}
