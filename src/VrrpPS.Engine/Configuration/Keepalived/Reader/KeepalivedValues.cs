using System.Globalization;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>Reads keepalived's parameters; a value that cannot be read is reported where it stands.</summary>
internal static class KeepalivedValues
{
    /// <summary>A whole number; <paramref name="range"/> words a range that is judged elsewhere.</summary>
    public static int? Integer(KeepalivedStatement statement, DiagnosticBag diagnostics, int least = 0, int most = int.MaxValue, string? range = null)
    {
        var word = statement.Words[1];
        if (int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
        {
            return value;
        }

        range ??= most == int.MaxValue ? $"a whole number from {least}" : $"a whole number from {least} to {most}";
        diagnostics.Error(word.At, ConfigurationCodes.InvalidValue, $"'{statement.Keyword}' cannot be '{word.Text}': write {range}.");
        return null;
    }

    /// <summary>A whole number with a sign at a word's place.</summary>
    public static int? Signed(KeepalivedStatement statement, int index, int least, int most, DiagnosticBag diagnostics)
    {
        var word = statement.Words[index];
        if (int.TryParse(word.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
        {
            return value;
        }

        diagnostics.Error(word.At, ConfigurationCodes.InvalidValue, $"A weight cannot be '{word.Text}': write a whole number from {least} to {most}.");
        return null;
    }

    /// <summary>Seconds with up to six decimals.</summary>
    public static TimeSpan? Seconds(KeepalivedStatement statement, DiagnosticBag diagnostics)
    {
        var word = statement.Words[1];
        if (word.Text.Length is > 0 and <= 20
            && decimal.TryParse(word.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds)
            && DurationText.TryFromSeconds(decimal.Round(seconds, 6), out var duration))
        {
            return duration;
        }

        diagnostics.Error(word.At, ConfigurationCodes.InvalidValue, $"'{statement.Keyword}' cannot be '{word.Text}': write seconds, such as 1 or 0.5.");
        return null;
    }

    /// <summary>A switch that is on unless told otherwise: nothing, <c>true on yes</c> or <c>false off no</c>.</summary>
    public static bool Switch(KeepalivedStatement statement, DiagnosticBag diagnostics)
    {
        if (statement.Parameter(1) is not { } word)
        {
            return true;
        }

        switch (word.Text)
        {
            case "true" or "on" or "yes":
                return true;
            case "false" or "off" or "no":
                return false;
            default:
                diagnostics.Error(word.At, ConfigurationCodes.InvalidValue, $"'{statement.Keyword}' cannot be '{word.Text}': write on, off or nothing.");
                return false;
        }
    }
}
