namespace VrrpPS.Engine.Errors;

/// <summary>Errors about health checks.</summary>
public static partial class VrrpErrors
{
    /// <summary>A text that names no address and port.</summary>
    public static VrrpException NotAnEndPoint(string text) => new(
        ErrorIds.InvalidConfiguration,
        $"'{text}' is not an address with a port. Write ADDRESS:PORT with a port from 1 to 65535, such as 127.0.0.1:32463 or '[::1]:32463'.",
        text);

    /// <summary>A text that names no HTTP statuses.</summary>
    public static VrrpException NotAnHttpStatus(string text) => new(
        ErrorIds.InvalidConfiguration,
        $"'{text}' is not a list of HTTP statuses. Write numbers from 100 to 599 and ranges, such as 200..399 or '200..299, 404'.",
        text);
}
