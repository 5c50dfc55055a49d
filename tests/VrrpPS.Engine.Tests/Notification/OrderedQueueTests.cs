using VrrpPS.Engine.Notification;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Notification;

public sealed class OrderedQueueTests
{
    [Fact]
    public async Task Everything_is_handled_once_and_in_order()
    {
        var handled = new List<int>();
        using var queue = new OrderedQueue<int>("test", 2000, (item, _) => handled.Add(item), Fail);
        for (int i = 0; i < 1000; i++)
        {
            queue.Post(i);
        }

        queue.Complete();
        await queue.Ended;
        Assert.Equal(Enumerable.Range(0, 1000), handled);
        Assert.Equal(0, queue.Lost);
    }

    [Fact]
    public async Task A_full_queue_drops_the_oldest_and_counts_it()
    {
        using var gate = new ManualResetEventSlim();
        using var busy = new ManualResetEventSlim();
        var handled = new List<int>();
        using var queue = new OrderedQueue<int>("test", 3, (item, token) =>
        {
            busy.Set();
            Assert.False(token.IsCancellationRequested);
            _ = gate.Wait(Eventually.DefaultBound, CancellationToken.None);
            handled.Add(item);
        }, Fail);
        queue.Post(0);
        Assert.True(busy.Wait(Eventually.DefaultBound, TestContext.Current.CancellationToken));
        for (int i = 1; i <= 10; i++)
        {
            queue.Post(i);
        }

        gate.Set();
        queue.Complete();
        await queue.Ended;
        Assert.Equal([0, 8, 9, 10], handled);
        Assert.Equal(7, queue.Lost);
    }

    [Fact]
    public async Task A_handler_that_throws_is_told_of_and_the_next_item_comes()
    {
        var failures = new List<string>();
        var handled = new List<int>();
        using var queue = new OrderedQueue<int>("test", 10, (item, _) => handled.Add(item == 1 ? throw new InvalidOperationException("one") : item), e => failures.Add(e.Message));
        queue.Post(1);
        queue.Post(2);
        queue.Complete();
        await queue.Ended;
        Assert.Equal("one", Assert.Single(failures));
        Assert.Equal(2, Assert.Single(handled));
    }

    [Fact]
    public async Task The_end_is_waited_for_within_a_bound_and_the_rest_abandoned()
    {
        using var cancelled = new ManualResetEventSlim();
        using var busy = new ManualResetEventSlim();
        using var queue = new OrderedQueue<int>("test", 10, (number, token) =>
        {
            busy.Set();
            Assert.Equal(1, number);
            token.WaitHandle.WaitOne(Eventually.DefaultBound);
            cancelled.Set();
        }, Fail);
        queue.Post(1);
        Assert.True(busy.Wait(Eventually.DefaultBound, TestContext.Current.CancellationToken));
        queue.Post(2);
        queue.Post(3);
        Assert.Equal(2, queue.Finish(TimeSpan.FromMilliseconds(50)));
        await queue.Ended.WaitAsync(Eventually.DefaultBound, TestContext.Current.CancellationToken);
        Assert.True(cancelled.IsSet);
        Assert.Equal(2, queue.Lost);
        queue.Post(4);
        Assert.Equal(3, queue.Lost);
    }

    [Fact]
    public async Task A_successor_begins_when_its_predecessor_has_ended()
    {
        using var gate = new ManualResetEventSlim();
        var handled = new List<string>();
        using var first = new OrderedQueue<string>("test", 10, (item, token) =>
        {
            Assert.True(gate.Wait(Eventually.DefaultBound, token));
            handled.Add(item);
        }, Fail);
        using var second = new OrderedQueue<string>("test", 10, (item, _) => handled.Add(item), Fail, first.Ended);
        second.Post("second");
        first.Post("first");
        first.Complete();
        second.Complete();
        gate.Set();
        await second.Ended;
        Assert.Equal(["first", "second"], handled);
    }

    private static void Fail(Exception exception) => Assert.Fail(exception.Message);
}
