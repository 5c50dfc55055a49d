using System.Numerics;

namespace VrrpPS.Protocol.Wire;

/// <summary>Walks a <see cref="DecodeErrorSet"/>, first check first.</summary>
public struct DecodeErrorSetEnumerator
{
    private ulong _rest;

    internal DecodeErrorSetEnumerator(ulong bits)
    {
        _rest = bits;
        Current = DecodeError.None;
    }

    /// <summary>The member at the current position.</summary>
    public DecodeError Current { get; private set; }

    /// <summary>Goes to the next member.</summary>
    public bool MoveNext()
    {
        if (_rest == 0)
        {
            return false;
        }

        Current = (DecodeError)BitOperations.TrailingZeroCount(_rest);
        _rest &= _rest - 1;
        return true;
    }
}
