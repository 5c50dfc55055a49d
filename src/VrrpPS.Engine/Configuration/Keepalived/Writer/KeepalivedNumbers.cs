using System.Globalization;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>Numbers as keepalived reads them.</summary>
internal static class KeepalivedNumbers
{
    /// <summary>Seconds with up to six decimals, which is all keepalived keeps.</summary>
    public static string Seconds(TimeSpan value)
        => decimal.Round(value.Ticks / (decimal)TimeSpan.TicksPerSecond, 6).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>A whole number.</summary>
    public static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);
}
