using System.Text;
using VrrpPS.Engine.Processes;
using Xunit;

namespace VrrpPS.Engine.Tests.Processes;

public sealed class OutputTailTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("one", "one")]
    [InlineData("one\ntwo\n", "two")]
    [InlineData("one\n\n  \n", "one")]
    [InlineData("  one\r\n", "one")]
    [InlineData("a\u001b[31mb", "a [31mb")]
    public void The_last_line_with_something_on_it_is_kept(string output, string expected)
    {
        var tail = new OutputTail();
        tail.Add(Encoding.UTF8.GetBytes(output));
        Assert.Equal(expected, tail.Take());
    }

    [Fact]
    public void A_line_may_arrive_in_pieces()
    {
        var tail = new OutputTail();
        foreach (byte one in "first\nsecond"u8.ToArray())
        {
            tail.Add([one]);
        }

        Assert.Equal("second", tail.Take());
    }

    [Fact]
    public void A_line_without_end_is_cut()
    {
        var tail = new OutputTail();
        tail.Add(Enumerable.Repeat((byte)'x', 100_000).ToArray());
        Assert.Equal(OutputTail.MaxLength, tail.Take().Length);
    }
}
