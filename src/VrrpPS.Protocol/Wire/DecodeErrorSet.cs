using System.Numerics;

namespace VrrpPS.Protocol.Wire;

/// <summary>A set of <see cref="DecodeError"/> members in one machine word: several things can be wrong with one packet.</summary>
public readonly record struct DecodeErrorSet
{
    private readonly ulong _bits;

    private DecodeErrorSet(ulong bits) => _bits = bits;

    /// <summary>The empty set.</summary>
    public static DecodeErrorSet Empty => default;

    /// <summary>Whether nothing is in the set.</summary>
    public bool IsEmpty => _bits == 0;

    /// <summary>How many members the set has.</summary>
    public int Count => BitOperations.PopCount(_bits);

    /// <summary>The member whose check comes first, or <see cref="DecodeError.None"/>.</summary>
    public DecodeError First => _bits == 0 ? DecodeError.None : (DecodeError)BitOperations.TrailingZeroCount(_bits);

    /// <summary>The first member that discards the packet, or <see cref="DecodeError.None"/> when there are only findings.</summary>
    public DecodeError FirstDiscarding => Without(DecodeErrors.Findings).First;

    /// <summary>Whether the set has the member.</summary>
    public bool Contains(DecodeError error) => error != DecodeError.None && (_bits & (1UL << (int)error)) != 0;

    /// <summary>The set with one member more; <see cref="DecodeError.None"/> adds nothing.</summary>
    public DecodeErrorSet With(DecodeError error) => error == DecodeError.None ? this : new(_bits | (1UL << (int)error));

    /// <summary>The set with one member more, if <paramref name="condition"/> holds.</summary>
    public DecodeErrorSet WithIf(bool condition, DecodeError error) => condition ? With(error) : this;

    /// <summary>The union of two sets.</summary>
    public DecodeErrorSet With(DecodeErrorSet other) => new(_bits | other._bits);

    /// <summary>The set without the members of another.</summary>
    public DecodeErrorSet Without(DecodeErrorSet other) => new(_bits & ~other._bits);

    /// <summary>Enumerates the members in the order of the checks, without allocation.</summary>
    public DecodeErrorSetEnumerator GetEnumerator() => new(_bits);

    /// <summary>The members' names joined with <c>, </c>.</summary>
    public override string ToString()
    {
        var names = new List<string>(Count);
        foreach (var error in this)
        {
            names.Add(error.ToString());
        }

        return string.Join(", ", names);
    }
}
