using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Keepalived;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>Lines, words, braces and the tree; no keyword matters here.</summary>
public sealed class KeepalivedSyntaxTests
{
    [Theory]
    [InlineData("a b # c\n! d\n e", "a b;e")]
    [InlineData("a \\#b \\!c", "a #b !c")]
    [InlineData("a \"x # y ! z\" b", "a 'x # y ! z' b")]
    [InlineData("a\"b c\"d", "a 'b c' d")]
    [InlineData("a \"\"", "a ''")]
    [InlineData("a \"x \\\"y\\\" z\"", "a 'x \"y\" z'")]
    [InlineData("a {\nb\n}", "a{b}")]
    [InlineData("a\n\n# c\n{ b }", "a{b}")]
    [InlineData("a{b{c}d}e", "a{b{c};d};e")]
    [InlineData("a \"{\" b", "a '{' b")]
    [InlineData("a\tb\r\n\tc\r\n", "a b;c")]
    [InlineData("\uFEFFa", "a")]
    [InlineData("a \\\n b\nc", "a b;c")]
    [InlineData("a # b \\\nc", "a;c")]
    [InlineData("", "")]
    public void The_tree(string text, string tree)
    {
        var bag = new DiagnosticBag();
        Assert.Equal(tree, Dump(Parse(text, bag)));
        Assert.False(bag.HasErrors);
    }

    [Theory]
    [InlineData("a {\n b {\n c\n}", 1, 3, "'a'")]
    [InlineData("a {\n  b {\n c", 2, 5, "'b'")]
    [InlineData("a\n}\n", 2, 1, "closes nothing")]
    [InlineData("a { }\n  { b }", 2, 3, "no keyword")]
    [InlineData("a\n  b \"c d", 2, 5, "quote")]
    [InlineData("\tx \\\n y \"z", 2, 4, "quote")]
    public void Errors_point_at_the_opening(string text, int line, int column, string message)
    {
        var bag = new DiagnosticBag();
        Parse(text, bag);
        var d = Assert.Single(bag.ToList(), e => e.Severity == ConfigurationSeverity.Error && e.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal((ConfigurationCodes.Syntax, "k", line, column), (d.Code, d.File, d.Line, d.Column));
    }

    [Fact]
    public void Words_know_their_places_through_comments_tabs_and_joined_lines()
    {
        var root = Parse("\ta \\!b \"c d\" \\\n  e { f }", new DiagnosticBag());
        var s = Assert.Single(root.Statements);
        Assert.Equal(["1:2", "1:4", "1:8", "2:3"], s.Words.Select(w => $"{w.At.Line}:{w.At.Column}"));
        Assert.Equal((2, 5), (s.Block!.Open.Line, s.Block.Open.Column));
    }

    [Theory]
    [InlineData("$A=x y\nk $A ${A}z", "k x y x yz")]
    [InlineData("$A=x\n$A=y\nk $A", "k y")]
    [InlineData("k $A", "k $A")]
    [InlineData("$A=1\nk $A.b ($A)", "k $A.b (1)")]
    [InlineData("$A=$B\n$B=v\nk $A", "k v")]
    [InlineData("$A=k {\n$A\n v\n}", "k{v}")]
    [InlineData("$A = sp\nk $A", "$A = sp;k $A")]
    [InlineData("$A=\\\n one \\\n two\nk $A x\n$A", "k $A x;one;two")]
    [InlineData("$B=\\\n b1 \\\n b2\n$A=\\\n a1 $B \\\n a2\n$A", "a1 b1;b2;a2")]
    [InlineData("k ${_INSTANCE} $_BANG", "k me")]
    [InlineData("$A=\\\n one 1 \\\n two 2\n\nk {\n$A\n}", "k{one 1;two 2}")]
    [InlineData("k ${_HASH}x", "k")]
    public void Definitions(string text, string tree) => Assert.Equal(tree, Dump(Parse(text, new DiagnosticBag())));

    [Theory]
    [InlineData("@me a\n@you b\n@^me c\n@^you d\n@me", "a;d")]
    [InlineData("$X=1\n@me $Y=2\n@you $Y=3\nk $X $Y", "k 1 2")]
    public void Lines_for_one_node(string text, string tree) => Assert.Equal(tree, Dump(Parse(text, new DiagnosticBag())));

    [Theory]
    [InlineData("$A=$A\nk $A")]
    [InlineData("$A=$B$B\n$B=$A$A\nk $A")]
    public void A_definition_of_itself_ends(string text)
    {
        var bag = new DiagnosticBag();
        Parse(text, bag);
        Assert.True(bag.HasErrors || text.Contains("$B$B", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("~SEQ(i, 1, 3) a$i b${i}", "a1 b1;a2 b2;a3 b3")]
    [InlineData("~SEQ(i,3) a${i}", "a1;a2;a3")]
    [InlineData("~SEQ(i,-2) a${i}", "a-1;a-2")]
    [InlineData("~SEQ(i,0) a${i}", "a1;a0")]
    [InlineData("~SEQ(i, 5, -2, 1) ~SEQ(j,1,2) a${i}x${j}", "a5x1;a5x2;a3x1;a3x2;a1x1;a1x2")]
    [InlineData("~SEQ(i, 1, 3, 8) a${i}", "a1;a4;a7")]
    [InlineData("~SEQx(i,9,0xb) a${i}", "a9;aa;ab")]
    [InlineData("~SEQ(i,0x10, 016) a${i}", "a16;a15;a14")]
    [InlineData("$N=2\n~SEQ(i,1,$N) a${i}", "a1;a2")]
    [InlineData("~LST({a,b}, {1,2},{3}) x${a}_${b}", "x1_2;x3_")]
    [InlineData("~LST(q, r, s) w${q}", "wr;ws")]
    [InlineData("$L=\\\n b1 \\\n b2\n\n~SEQ(i,1,2) $L", "b1;b2;b1;b2")]
    [InlineData("$L=~SEQ(i,1,2) a${i}\n$L", "a1;a2")]
    [InlineData("k {\n~SEQ(i,1,2) 10.0.0.${i} dev eth0\n}\nlast ${i}", "k{10.0.0.1 dev eth0;10.0.0.2 dev eth0};last 2")]
    [InlineData("@you ~SEQ(i,1,2) a${i}\n@me ~SEQ(i,1,2) b${i}", "b1;b2")]
    [InlineData("~FOO", "~FOO")]
    public void Sequences(string text, string tree)
    {
        var bag = new DiagnosticBag();
        Assert.Equal(tree, Dump(Parse(text, bag)));
        Assert.Empty(bag.ToList());
    }

    [Theory]
    [InlineData("~SEQ", "'('")]
    [InlineData("~SEQ(i,1", "')'")]
    [InlineData("~SEQ(,1)", "NAME")]
    [InlineData("~SEQ(i,a) x", "'a' is not a number")]
    [InlineData("~SEQ(i,1,0,3) x", "do not lead")]
    [InlineData("~SEQ(i,1,2,3,4) x", "one to three")]
    [InlineData("~SEQ(i,1,999999999) x", "more than 10000 turns")]
    [InlineData("~SEQx(i,-3,2) x", "positive")]
    [InlineData("~LST(a) x", "at least one value")]
    [InlineData("~LST({a, b", "closed")]
    [InlineData("~LST(a, {1,2}) x", "more values")]
    public void Sequences_that_cannot_be_read(string text, string reason)
    {
        var bag = new DiagnosticBag();
        Parse("k\n  " + text, bag);
        var d = Assert.Single(bag.ToList());
        Assert.Equal((ConfigurationSeverity.Error, ConfigurationCodes.Syntax, 2, 3), (d.Severity, d.Code, d.Line, d.Column));
        Assert.Contains(reason, d.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_in_sequences_end()
    {
        var bag = new DiagnosticBag();
        Parse("~SEQ(a,9999) ~SEQ(b,9999) ~SEQ(c,9999) x", bag);
        Assert.Contains("stands for more than", Assert.Single(bag.ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_the_folder_and_a_number_are_predefined()
    {
        Environment.SetEnvironmentVariable("VRRPPS_TEST_WORD", "word");
        var bag = new DiagnosticBag();
        var lines = new KeepalivedLineReader(new ConfigurationReadOptions { KeepalivedConfigId = "me" }, bag).Read("k ${_ENV VRRPPS_TEST_WORD} ${_ENV VRRPPS_TEST_NONE}x ${_PWD} ${_PWD 1}", "k", "/some/where");
        Assert.Equal("k word x /some/where ${_PWD 1}", Assert.Single(lines).Text);
        Assert.Empty(bag.ToList());
        Assert.Equal("7", Parse("k ${_RANDOM 7 7}", bag).Statements[0].Words[1].Text);
        Assert.InRange(int.Parse(Parse("k $_RANDOM", bag).Statements[0].Words[1].Text, System.Globalization.CultureInfo.InvariantCulture), 0, 32_767);
        Assert.All(bag.ToList(), d => Assert.Equal(ConfigurationCodes.Advice, d.Code));
    }

    [Fact]
    public void A_joined_line_is_reported_because_keepalived_does_not_join()
    {
        var bag = new DiagnosticBag();
        Parse("a \\\nb", bag);
        var d = Assert.Single(bag.ToList());
        Assert.Equal((ConfigurationSeverity.Warning, 1, 3), (d.Severity, d.Line, d.Column));
    }

    private static KeepalivedBlock Parse(string text, DiagnosticBag bag)
        => new KeepalivedParser(bag).Parse(new KeepalivedLineReader(new ConfigurationReadOptions { KeepalivedConfigId = "me" }, bag).Read(text.TrimStart('\uFEFF'), "k", null), "k");

    private static string Dump(KeepalivedBlock block) => string.Join(';', block.Statements.Select(
        s => string.Join(' ', s.Words.Select(w => w.IsQuoted ? $"'{w.Text}'" : w.Text)) + (s.Block is null ? string.Empty : $"{{{Dump(s.Block)}}}")));
}
