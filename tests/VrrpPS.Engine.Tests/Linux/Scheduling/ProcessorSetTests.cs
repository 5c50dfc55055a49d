using VrrpPS.Engine.Linux.Scheduling;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux.Scheduling;

public sealed class ProcessorSetTests
{
    [Theory]
    [InlineData("0", new[] { 0 })]
    [InlineData("0,2-4", new[] { 0, 2, 3, 4 })]
    [InlineData(" 63 , 64-65 ", new[] { 63, 64, 65 })]
    [InlineData("1023", new[] { 1023 })]
    public void Lists_are_read_as_the_kernel_writes_them(string text, int[] expected)
    {
        Assert.True(ProcessorSet.TryParse(text, out var set));
        Assert.Equal(expected, Enumerable.Range(0, ProcessorSet.Capacity).Where(set.Contains));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1-")]
    [InlineData("3-2")]
    [InlineData("-1")]
    [InlineData("1,,2")]
    [InlineData("1024")]
    public void What_is_no_list_is_refused(string text) => Assert.False(ProcessorSet.TryParse(text, out _));
}
