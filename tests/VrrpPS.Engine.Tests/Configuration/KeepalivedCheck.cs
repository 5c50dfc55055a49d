using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>Asks the installed keepalived what it thinks of a file.</summary>
internal static partial class KeepalivedCheck
{
    private const string Program = "/usr/sbin/keepalived";

    public static void SkipUnlessInstalled()
        => Assert.SkipUnless(File.Exists(Program), "keepalived is not installed (Debian: apt-get install keepalived).");

    /// <summary>
    /// Its complaints with <c>-t</c>, each once and without date and place; those about the interfaces and users of this machine
    /// are left out.
    /// </summary>
    public static async Task<string[]> ComplaintsAsync(string file)
    {
        string output = await OutputAsync(file);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Place().Replace(line, string.Empty).Trim())
            .Where(line => line.Length > 0 && !ThisMachine().IsMatch(line)).Distinct(StringComparer.Ordinal).ToArray();
    }

    /// <summary>Everything it says with <c>-t</c>.</summary>
    public static async Task<string> OutputAsync(string file)
    {
        var start = new ProcessStartInfo(Program) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])["-t", "-i", "test", "-f", file])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        string output = await process.StandardOutput.ReadToEndAsync(limit.Token) + await errors;
        await process.WaitForExitAsync(limit.Token);
        return output;
    }

    [GeneratedRegex(@"^\w{3} \w{3} +\d+ [\d:]+ \d{4}: |\([^()]*Line \d+\) ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    [GeneratedRegex(@"interface|VMAC|script uid/gid|network namespace|net_namespace|netns|not found or not executable|Unable to access script|disabling|default user|SECURITY|script user|Cannot find", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ThisMachine();
}
