using Xunit;

namespace VrrpPS.Conformance;

/// <summary>Holds tests/conformance/LEDGER.md against the tests. VRRPPS_UPDATE_LEDGER=1 writes it anew.</summary>
public class LedgerTests
{
    private const string PendingHeader = "# Requirements that no test proves yet, in one polarity or both. The list only shrinks.\n";
    private static readonly string Root = FindRoot();
    private static readonly string LedgerFile = Path.Combine(Root, "tests", "conformance", "LEDGER.md");
    private static readonly string PendingFile = Path.Combine(Root, "tests", "VrrpPS.Protocol.Tests", "Conformance", "pending.txt");

    [Fact]
    public void Every_requirement_is_proven_in_both_polarities_or_says_why_not()
    {
        var pending = Pending();
        if (Environment.GetEnvironmentVariable("VRRPPS_UPDATE_LEDGER") == "1")
        {
            // Proven rows leave the pending list by themselves; none ever enters it this way.
            var incomplete = Load(pending).Incomplete.ToHashSet();
            pending = [.. pending.Where(incomplete.Contains)];
            File.WriteAllText(PendingFile, PendingHeader + string.Concat(pending.Select(id => id + "\n")));
            Directory.CreateDirectory(Path.GetDirectoryName(LedgerFile)!);
            File.WriteAllText(LedgerFile, Load(pending).Render());
        }

        var ledger = Load(pending);
        Assert.Empty(ledger.Complaints());
        Assert.True(
            File.Exists(LedgerFile) && ledger.Render() == File.ReadAllText(LedgerFile).ReplaceLineEndings("\n"),
            "tests/conformance/LEDGER.md is out of date: run this test with VRRPPS_UPDATE_LEDGER=1 and commit the file.");
    }

    private static Ledger Load(IReadOnlyList<string> pending) => new(
        Requirement.ParseAll(File.ReadAllText(Path.Combine(Path.GetDirectoryName(PendingFile)!, "requirements.txt"))),
        SourceScanner.ScanDirectory(Path.Combine(Root, "tests")),
        pending.ToHashSet());

    private static List<string> Pending() => File.Exists(PendingFile) ? [.. Requirement.Lines(File.ReadAllText(PendingFile))] : [];

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "VrrpPS.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"No VrrpPS.sln above {AppContext.BaseDirectory}: the ledger test reads the test sources.");
    }
}
