using System.Globalization;
using System.Text.RegularExpressions;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>
/// A switch that loses frames: nftables on the bridge, asked anew for every port a frame leaves by, so one node may hear what the
/// next one misses. Disposing it heals the switch.
/// </summary>
internal sealed partial class Loss : IDisposable
{
    private readonly TestNetwork _network;

    private Loss(TestNetwork network, string rule)
    {
        _network = network;
        Load($$"""
            table bridge loss {
              chain forward {
                type filter hook forward priority 0; policy accept;
                {{rule}} counter drop
              }
            }

            """);
    }

    /// <summary>Loses a share of everything that passes.</summary>
    public static Loss OfEverything(TestNetwork network, int percent) => new(network, $"numgen random mod 100 < {percent}");

    /// <summary>Loses a share of the advertisements, and nothing else.</summary>
    public static Loss OfAdvertisements(TestNetwork network, int percent) => new(network, $"ip protocol 112 numgen random mod 100 < {percent}");

    /// <summary>Loses the first so many frames that a rule matches.</summary>
    public static Loss OfFirst(TestNetwork network, int count, string match)
        => new(network, $"{match} limit rate 1/day burst {count} packets");

    /// <summary>Loses every frame that a rule matches.</summary>
    public static Loss Of(TestNetwork network, string match) => new(network, match);

    /// <summary>How many frames have been lost so far.</summary>
    public long Dropped
    {
        get
        {
            string rules = Nft(string.Empty, "list", "table", "bridge", "loss");
            return long.Parse(Packets().Match(rules).Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        }
    }

    public void Dispose() => _ = Nft(string.Empty, "delete", "table", "bridge", "loss");

    [GeneratedRegex(@"counter packets (?<count>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Packets();

    private void Load(string rules) => _ = Nft(rules, "-f", "-");

    private string Nft(string input, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/nft"), "nft (nftables) is not installed");
        var (exitCode, output) = _network.ExecuteInSwitch("/usr/sbin/nft", input, arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
