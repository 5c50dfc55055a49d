namespace VrrpPS.Engine.Errors;

/// <summary>Errors of probing.</summary>
public static partial class VrrpErrors
{
    /// <summary>The interface to probe from does not exist.</summary>
    public static VrrpException NoSuchInterface(string name, IEnumerable<string> existing) => new(
        ErrorIds.InterfaceNotFound,
        $"There is no interface '{name}'. Those that exist: {string.Join(", ", existing.Order(StringComparer.Ordinal))}.",
        name);

    /// <summary>The URI cannot be probed.</summary>
    public static VrrpException NotHttp(Uri uri) => new(
        ErrorIds.InvalidAddress,
        $"'{uri}' is not an absolute http or https URI. Write it as http://HOST:PORT/PATH.",
        uri);
}
