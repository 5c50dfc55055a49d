namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>A wall clock that does something, once, when a loop's thread looks at it: a way onto that thread, to hold or break it.</summary>
internal sealed class LoopClock : TimeProvider
{
    private Action? _next;

    /// <summary>What the next look of a loop's thread does instead of only telling the time.</summary>
    public void OnNextLook(Action action) => Volatile.Write(ref _next, action);

    public override DateTimeOffset GetUtcNow()
    {
        if (Thread.CurrentThread.Name?.StartsWith("vrrp vrrpps-", StringComparison.Ordinal) == true)
        {
            Interlocked.Exchange(ref _next, null)?.Invoke();
        }

        return base.GetUtcNow();
    }
}
