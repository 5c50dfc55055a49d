using System.Collections;
using System.Globalization;

namespace VrrpPS.Completers;

/// <summary>End points of this machine's TCP services, as a health check names them.</summary>
public sealed class ListeningPortCompleter : VrrpCompleter
{
    private const string Listening = "0A";

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
        => Ports("/proc/net/tcp", "127.0.0.1:").Concat(Ports("/proc/net/tcp6", "127.0.0.1:")).Distinct().OrderBy(static port => port.Number).Select(static port => ($"{port.Host}{port.Number}", $"Something listens on TCP port {port.Number}"));

    /// <summary>The listening ports of one of the kernel's tables: <c>sl local_address rem_address st ...</c>.</summary>
    private static IEnumerable<(string Host, int Number)> Ports(string file, string host)
        => !File.Exists(file) ? [] : File.ReadLines(file)
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(static cells => cells.Length > 3 && cells[3] == Listening)
            .Select(static cells => cells[1][(cells[1].LastIndexOf(':') + 1)..])
            .Where(static text => int.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _))
            .Select(text => (host, int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
}
