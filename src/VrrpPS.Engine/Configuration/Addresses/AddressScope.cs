using System.Globalization;

namespace VrrpPS.Engine.Configuration.Addresses;

/// <summary>The words for the scope of an address or route (rtnetlink's RT_SCOPE_*, as <c>ip</c> writes them).</summary>
public static class AddressScope
{
    /// <summary>Valid everywhere: the default.</summary>
    public const byte Global = 0;

    /// <summary>Valid on the link only.</summary>
    public const byte Link = 253;

    /// <summary>Valid on this host only.</summary>
    public const byte Host = 254;

    private static readonly (string Word, byte Value)[] s_words =
        [("global", Global), ("universe", Global), ("site", 200), ("link", Link), ("host", Host), ("nowhere", 255)];

    /// <summary>Reads a word, or a number 0..255.</summary>
    public static bool TryParse(string text, out byte scope)
    {
        foreach (var (word, value) in s_words)
        {
            if (word == text)
            {
                scope = value;
                return true;
            }
        }

        return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out scope);
    }

    /// <summary>The word, or the number of a scope that has none.</summary>
    public static string Format(byte scope)
        => Array.Find(s_words, pair => pair.Value == scope).Word ?? scope.ToString(CultureInfo.InvariantCulture);
}
