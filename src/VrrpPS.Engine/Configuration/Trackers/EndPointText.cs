using System.Globalization;
using System.Net;

namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>Reads <c>host:port</c>, <c>192.0.2.1:80</c> and <c>[2001:db8::1]:80</c>.</summary>
public static class EndPointText
{
    /// <summary>Reads an end point; the port must be 1..65535.</summary>
    public static bool TryParse(string? text, out string host, out int port)
    {
        host = string.Empty;
        port = 0;
        int colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
        {
            return false;
        }

        host = text![..colon];
        bool inBrackets = host.StartsWith('[') && host.EndsWith(']');
        host = inBrackets ? host[1..^1] : host;
        return inBrackets == host.Contains(':')
            && (inBrackets ? IPAddress.TryParse(host, out _) : Uri.CheckHostName(host) != UriHostNameType.Unknown);
    }
}
