using Xunit;

namespace VrrpPS.Conformance;

/// <summary>The ledger's own rules: a guard that cannot fail guards nothing.</summary>
public class LedgerRulesTests
{
    private static readonly Requirement Row = new("X-1", "Something is so.", null);
    private static readonly Proof Shown = new("X-1", Polarity.Required, "P/C.M", null);
    private static readonly Proof Refused = new("X-1", Polarity.Refused, "P/C.N", null);

    [Fact]
    public void Both_polarities_are_needed()
    {
        Assert.Empty(Complaints([Row], [Shown, Refused]));
        Assert.Equal(["X-1 has no test with Polarity.Refused, and no reason for that."], Complaints([Row], [Shown]));
        Assert.Equal(2, Complaints([Row], []).Count);
    }

    [Fact]
    public void A_written_reason_takes_the_place_of_the_other_polarity_or_of_both()
    {
        Assert.Empty(Complaints([Row], [Shown with { NoCounterCase = "It is a definition." }]));
        Assert.Empty(Complaints([Row with { NoTest = "Nothing to do here." }], []));
    }

    [Fact]
    public void Unknown_and_double_ids_are_named()
    {
        Assert.Equal(["P/C.M proves X-2, which is no requirement."], Complaints([], [Shown with { Id = "X-2" }]));
        Assert.Equal(["X-1 is listed twice."], Complaints([Row, Row], [Shown, Refused]));
    }

    [Fact]
    public void Pending_is_for_rows_that_exist_and_are_not_proven()
    {
        Assert.Empty(Complaints([Row], [Shown], "X-1"));
        Assert.Equal(["X-1 is pending, but proven: take it off the list."], Complaints([Row], [Shown, Refused], "X-1"));
        Assert.Equal(["X-9 is pending, but no requirement."], Complaints([Row], [Shown, Refused], "X-9"));
    }

    [Fact]
    public void The_ledger_names_tests_reasons_and_gaps()
    {
        string text = new Ledger([Row, Row with { Id = "X-2" }], [Shown with { NoCounterCase = "It is so." }], new HashSet<string> { "X-2" }).Render();
        Assert.Contains("- required: P/C.M (no counter-case: It is so.)\n", text, StringComparison.Ordinal);
        Assert.Contains("2 requirements, 1 proven, 1 pending.", text, StringComparison.Ordinal);
        Assert.Contains("- refused: *pending*\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_are_found_in_the_order_and_forms_people_write()
    {
        const string source = """
            public class T
            {
                // [Conformance("no", Polarity.Required)]
                [Fact]
                [Conformance("a", Polarity.Required)]
                [Conformance("b", Polarity.Refused, NoCounterCase = "Because \"so\" it is.")]
                [Trait("Lane", "Namespace")]
                public async Task<int[]> First_one(string x)

                [Theory]
                [Conformance("c",
                    Polarity.Required)]
                [InlineData("[]")]
                public static void Second() { }
            }
            """;
        Assert.Equal(
            [
                new Proof("a", Polarity.Required, "P/T.First_one", null),
                new Proof("b", Polarity.Refused, "P/T.First_one", "Because \"so\" it is."),
                new Proof("c", Polarity.Required, "P/T.Second", null),
            ],
            SourceScanner.Scan("P/T", source));
    }

    [Theory]
    [InlineData("[Conformance(Id, Polarity.Required)]\npublic void M() { }")]
    [InlineData("[Fact, Conformance(\"a\", Polarity.Required)]\npublic void M() { }")]
    [InlineData("[Conformance(\"a\", Polarity.Required)]\nprivate int field;")]
    public void What_cannot_be_read_is_an_error_and_not_a_gap(string source)
        => Assert.Throws<FormatException>(() => SourceScanner.Scan("P/T", source).ToList());

    [Theory]
    [InlineData("X-1")]
    [InlineData("X-1 | ")]
    [InlineData("X-1 | a | b | c")]
    public void A_broken_requirement_line_is_an_error(string line)
        => Assert.Throws<FormatException>(() => Requirement.ParseAll("# comment\n\n" + line));

    private static IReadOnlyList<string> Complaints(Requirement[] rows, Proof[] proofs, params string[] pending)
        => new Ledger(rows, proofs, pending.ToHashSet()).Complaints();
}
