using System.Diagnostics;

namespace VrrpPS.Bench.Network;

/// <summary>Losses on the bridge, made with nftables.</summary>
internal static class Firewall
{
    /// <summary>The bridge forwards no advertisement of priority 0 any more.</summary>
    public static void DropPriorityZero(BenchNetwork network) => network.Switch.RunInside(() => Load("""
        table bridge bench {
          chain forward {
            type filter hook forward priority 0; policy accept;
            ip protocol 112 @th,16,8 0 counter drop
          }
        }

        """));

    private static void Load(string rules)
    {
        using var process = Process.Start(new ProcessStartInfo("nft", ["-f", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        }) ?? throw new BenchException("nft (nftables) cannot be started.");
        process.StandardInput.Write(rules);
        process.StandardInput.Close();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new BenchException($"nft refuses the rules: {error}");
        }
    }
}
