namespace VrrpPS.Service.Events;

/// <summary>What the ways to write events are called on a command line.</summary>
internal static class EventFormatNames
{
    private static readonly string[] s_names = ["text", "json", "journal"];

    /// <summary>The name of one.</summary>
    public static string Name(this EventFormat format) => s_names[(int)format];

    /// <summary>The one of a name; null where none is called that.</summary>
    public static EventFormat? Find(string name) => Array.IndexOf(s_names, name) is >= 0 and var index ? (EventFormat)index : null;
}
