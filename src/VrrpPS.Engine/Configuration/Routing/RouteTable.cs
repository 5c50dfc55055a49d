using System.Globalization;

namespace VrrpPS.Engine.Configuration.Routing;

/// <summary>The numbers of routing tables, and the names that every system has for three of them.</summary>
public static class RouteTable
{
    /// <summary>The table <c>default</c>.</summary>
    public const uint Default = 253;

    /// <summary>The table <c>main</c>, which routes go to unless told otherwise.</summary>
    public const uint Main = 254;

    /// <summary>The table <c>local</c>.</summary>
    public const uint Local = 255;

    /// <summary>Reads a number from 1, or <c>main</c>, <c>default</c>, <c>local</c>. Other names are a file's business (<c>rt_tables</c>), which nodes do not share.</summary>
    public static bool TryParse(string text, out uint table)
    {
        table = text switch { "main" => Main, "default" => Default, "local" => Local, _ => 0 };
        return table != 0 || (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out table) && table != 0);
    }

    /// <summary>The name, or the number of a table that has none.</summary>
    public static string Format(uint table) => table switch
    {
        Main => "main",
        Default => "default",
        Local => "local",
        _ => table.ToString(CultureInfo.InvariantCulture),
    };
}
