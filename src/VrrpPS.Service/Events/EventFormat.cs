namespace VrrpPS.Service.Events;

/// <summary>How <c>vrrpps run</c> reports.</summary>
internal enum EventFormat
{
    /// <summary>A readable line per event on standard output.</summary>
    Text = 0,

    /// <summary>One JSON line per transition on standard output; everything else, readable, on standard error.</summary>
    Json,

    /// <summary>Entries with fields in the systemd journal; lines with a priority on standard output where there is none.</summary>
    Journal,
}
