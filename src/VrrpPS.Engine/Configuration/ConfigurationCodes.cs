namespace VrrpPS.Engine.Configuration;

/// <summary>The codes of findings that only reading a file can make; they are stable.</summary>
public static class ConfigurationCodes
{
    /// <summary>The text breaks the format's grammar.</summary>
    public const string Syntax = nameof(Syntax);

    /// <summary>A keyword or property that the format does not know.</summary>
    public const string UnknownKeyword = nameof(UnknownKeyword);

    /// <summary>A value that the keyword or property does not take.</summary>
    public const string InvalidValue = nameof(InvalidValue);

    /// <summary>A keyword or property that must be there and is not.</summary>
    public const string MissingValue = nameof(MissingValue);

    /// <summary>The same keyword or property twice.</summary>
    public const string Duplicate = nameof(Duplicate);

    /// <summary>Known, not carried over, and harmless: neither election nor addresses nor authentication change.</summary>
    public const string NotCarriedOver = nameof(NotCarriedOver);

    /// <summary>Known, not carried over, and changing the election, the addresses or the authentication.</summary>
    public const string Partial = nameof(Partial);

    /// <summary>The value was changed the way keepalived changes it.</summary>
    public const string Adjusted = nameof(Adjusted);

    /// <summary>Virtual servers (load balancing) are no business of this product.</summary>
    public const string VirtualServer = nameof(VirtualServer);

    /// <summary>An included file is missing or unusable.</summary>
    public const string Include = nameof(Include);

    /// <summary>The keyword means less than it seems to.</summary>
    public const string Advice = nameof(Advice);

    /// <summary>An interface renaming that matched nothing.</summary>
    public const string UnusedRename = nameof(UnusedRename);
}
