namespace VrrpPS.Service;

/// <summary>What the process returns. Part of the public surface; shown by <c>vrrpps --help</c>.</summary>
internal static class ExitCode
{
    /// <summary>Done, or ended as asked by a signal.</summary>
    public const int Success = 0;

    /// <summary>What was looked at is not in order: the configuration has errors, or the lab's VIP was not reachable.</summary>
    public const int NotInOrder = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>The engine, the kernel or the surroundings refused; the message names the error id.</summary>
    public const int Refused = 3;
}
