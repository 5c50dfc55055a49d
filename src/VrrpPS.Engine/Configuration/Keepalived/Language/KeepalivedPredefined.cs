using System.Globalization;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>The definitions that exist from the start; <c>_ENV</c> since keepalived 2.4, the others since 2.0.</summary>
internal sealed class KeepalivedPredefined(string configId, DiagnosticBag diagnostics)
{
    /// <summary>The value of a name with its parameters, or null when there is no such definition.</summary>
    /// <param name="name">Without the dollar.</param>
    /// <param name="parameters">What stands between the name and the closing brace.</param>
    /// <param name="line">The line that asks.</param>
    public string? Find(string name, string parameters, KeepalivedLine line)
    {
        string[] words = parameters.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return (name, words.Length) switch
        {
            ("_HASH", 0) => "#",
            ("_BANG", 0) => "!",
            ("_INSTANCE", 0) => configId,
            ("_PWD", 0) => line.Directory ?? Environment.CurrentDirectory,
            ("_ENV", 1) => Environment.GetEnvironmentVariable(words[0]) ?? string.Empty,
            ("_RANDOM", <= 2) => Random(words, line),
            _ => null,
        };
    }

    /// <summary>A number from the first to the second parameter, 0 to 32767 by default.</summary>
    private string? Random(string[] words, KeepalivedLine line)
    {
        int least = 0;
        int most = 32_767;
        if ((words.Length > 0 && !Number(words[0], out least)) || (words.Length > 1 && !Number(words[1], out most)))
        {
            return null;
        }

        if (most < least)
        {
            diagnostics.Error(line.At(0), ConfigurationCodes.InvalidValue, $"_RANDOM cannot choose from {least} to {most}. Write the smaller number first.");
            return null;
        }

        diagnostics.Warning(line.At(0), ConfigurationCodes.Advice, "_RANDOM is another number each time this file is read, so reloading it changes what depends on it.");
        return System.Random.Shared.NextInt64(least, (long)most + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static bool Number(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
