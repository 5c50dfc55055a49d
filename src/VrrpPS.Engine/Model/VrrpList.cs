namespace VrrpPS;

/// <summary>Makes lists, also for collection expressions.</summary>
public static class VrrpList
{
    /// <summary>Copies the elements.</summary>
    public static VrrpList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? VrrpList<T>.Empty : new(items.ToArray());

    /// <summary>Copies the elements.</summary>
    public static VrrpList<T> ToVrrpList<T>(this IEnumerable<T> items) => Create<T>(items.ToArray());
}
