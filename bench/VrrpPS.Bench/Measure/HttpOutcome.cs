namespace VrrpPS.Bench.Measure;

/// <summary>What became of a request.</summary>
internal enum HttpOutcome
{
    /// <summary>The page came.</summary>
    Answered,

    /// <summary>No connection, or no page in time.</summary>
    TimedOut,

    /// <summary>The connection was refused: the host has the address but knows nothing of the connection or the service.</summary>
    Refused,
}
