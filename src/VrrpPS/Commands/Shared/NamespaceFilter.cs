namespace VrrpPS.Commands;

/// <summary>What <c>-NetworkNamespace</c> asks for: nothing said is every namespace, an empty text the session's own.</summary>
internal readonly record struct NamespaceFilter(bool Given, string? Name)
{
    internal static NamespaceFilter From(bool given, string? name) => new(given, string.IsNullOrEmpty(name) ? null : name);

    internal bool Matches(string? networkNamespace) => !Given || string.Equals(networkNamespace, Name, StringComparison.Ordinal);
}
