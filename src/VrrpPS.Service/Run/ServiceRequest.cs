namespace VrrpPS.Service.Run;

/// <summary>What a signal asks of the running service.</summary>
internal enum ServiceRequest
{
    /// <summary>SIGTERM or SIGQUIT: hand over and end.</summary>
    Stop = 0,

    /// <summary>SIGINT: the first hands over and ends, the second ends at once.</summary>
    Interrupt,

    /// <summary>SIGHUP: read the configuration again.</summary>
    Reload,
}
