namespace VrrpPS.Completers;

/// <summary>Capture files.</summary>
public sealed class CapturePathCompleter : PathCompleter
{
    private protected override string[] Endings => [".pcap", ".pcapng", ".cap"];
}
