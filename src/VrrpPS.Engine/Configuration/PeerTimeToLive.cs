using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration;

/// <summary>How far away a unicast peer may be: the TTL or hop limit that its advertisements arrive with. A peer without one may be anywhere.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Minimum">0..255. A peer that sends 255 and is n routers away arrives with 255 - n.</param>
/// <param name="Maximum">0..255, not less than the minimum.</param>
public sealed record PeerTimeToLive(InetAddress Peer, int Minimum, int Maximum)
{
    /// <summary>The greatest TTL.</summary>
    public const int Greatest = 255;

    /// <summary>Reads <c>192.0.2.2 min_ttl 254 max_ttl 255</c>; either bound may be left out.</summary>
    /// <exception cref="VrrpException">InvalidPeer.</exception>
    public static PeerTimeToLive Parse(string? text) => TryParse(text, out var window, out var error) ? window : throw error;

    /// <summary>Reads one window, or says what is wrong with it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PeerTimeToLive? window, [NotNullWhen(false)] out VrrpException? error)
    {
        string[] words = (text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        window = null;
        error = null;
        bool read = words.Length is 3 or 5 && InetAddress.TryParse(words[0], out _);
        int minimum = 0;
        int maximum = Greatest;
        for (int i = 1; read && i < words.Length; i += 2)
        {
            read = int.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value) && words[i] is "min_ttl" or "max_ttl";
            (minimum, maximum) = words[i] == "min_ttl" ? (value, maximum) : (minimum, value);
        }

        if (!read)
        {
            error = VrrpErrors.InvalidPeer("the TTL of a peer", text ?? string.Empty, "write it as in '192.0.2.2 min_ttl 254 max_ttl 255'.");
            return false;
        }

        window = new PeerTimeToLive(InetAddress.Parse(words[0]), minimum, maximum);
        return true;
    }

    /// <summary><c>192.0.2.2 min_ttl 254 max_ttl 255</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Peer} min_ttl {Minimum} max_ttl {Maximum}");
}
