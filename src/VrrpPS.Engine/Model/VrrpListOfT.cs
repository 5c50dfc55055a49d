using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace VrrpPS;

/// <summary>
/// An immutable list that compares by content and whose text joins its elements with <c>, </c>, so that records holding one
/// compare by value, ConvertTo-Json writes an array and Export-Csv a readable cell.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[CollectionBuilder(typeof(VrrpList), nameof(VrrpList.Create))]
[SuppressMessage("Naming", "CA1710", Justification = "List says more than Collection.")]
public sealed class VrrpList<T> : IReadOnlyList<T>, IEquatable<VrrpList<T>>
{
    private readonly T[] _items;

    internal VrrpList(T[] items) => _items = items;

    /// <summary>The list without elements.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "As with ImmutableArray<T>.Empty.")]
    public static VrrpList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <summary>The elements without a copy.</summary>
    public ReadOnlySpan<T> AsSpan() => _items;

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(VrrpList<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VrrpList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>The elements' texts joined with <c>, </c>.</summary>
    public override string ToString() => string.Join(", ", _items);
}
