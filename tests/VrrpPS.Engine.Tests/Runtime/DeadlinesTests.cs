using VrrpPS.Engine.Runtime;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

public sealed class DeadlinesTests
{
    [Fact]
    public void The_earliest_is_found_wherever_it_stands()
    {
        var random = new Random(41);
        for (int length = 0; length < 70; length++)
        {
            long[] deadlines = Row(random, length);

            Assert.Equal(deadlines.DefaultIfEmpty(long.MaxValue).Min(), Deadlines.Earliest(deadlines));
        }
    }

    [Fact]
    public void Every_due_one_is_found_once_and_in_order()
    {
        var random = new Random(42);
        for (int length = 0; length < 70; length++)
        {
            long[] deadlines = Row(random, length);
            long limit = random.NextInt64(0, 1000);
            var found = new List<int>();
            for (int place = Deadlines.NextDue(deadlines, limit, 0); place >= 0; place = Deadlines.NextDue(deadlines, limit, place + 1))
            {
                found.Add(place);
            }

            Assert.Equal(Enumerable.Range(0, length).Where(i => deadlines[i] <= limit), found);
        }
    }

    [Fact]
    public void A_deadline_at_the_limit_is_due_and_never_is_not()
    {
        Assert.Equal(1, Deadlines.NextDue([long.MaxValue, 7], 7, 0));
        Assert.Equal(-1, Deadlines.NextDue([long.MaxValue, 8], 7, 0));
    }

    private static long[] Row(Random random, int length)
        => [.. Enumerable.Range(0, length).Select(_ => random.Next(4) == 0 ? long.MaxValue : random.NextInt64(0, 1000))];
}
