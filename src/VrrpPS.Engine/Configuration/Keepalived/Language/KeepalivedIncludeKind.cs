namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>What an include statement demands: the letter behind <c>include</c> says what is an error.</summary>
[Flags]
internal enum KeepalivedIncludeKind
{
    /// <summary><c>include</c>: whatever is missing is only reported.</summary>
    Lenient = 0,

    /// <summary><c>includer</c>: a file that cannot be read.</summary>
    Unreadable = 1,

    /// <summary><c>includem</c>: a plain name without file.</summary>
    Missing = 2,

    /// <summary><c>includew</c>: a wildcard without match.</summary>
    NoMatch = 4,

    /// <summary><c>includeb</c>: one alternative of a brace list without file.</summary>
    BraceMissing = 8,
}
