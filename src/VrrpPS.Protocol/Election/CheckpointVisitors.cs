namespace VrrpPS.Protocol.Election;

/// <summary>The kinds of values that a state is made of, as numbers.</summary>
internal static class CheckpointVisitors
{
    public static void Visit(this ICheckpointVisitor visitor, string name, ref Instant value)
    {
        long number = value.Nanoseconds;
        visitor.Visit(name, ref number);
        value = new Instant(number);
    }

    public static void Visit(this ICheckpointVisitor visitor, string name, ref int value)
    {
        long number = value;
        visitor.Visit(name, ref number);

        // A count or a position.
        value = number is >= 0 and <= int.MaxValue ? (int)number : throw new OverflowException();
    }

    public static void Visit(this ICheckpointVisitor visitor, string name, ref byte value)
    {
        long number = value;
        visitor.Visit(name, ref number);
        value = checked((byte)number);
    }

    public static void Visit(this ICheckpointVisitor visitor, string name, ref bool value)
    {
        long number = value ? 1 : 0;
        visitor.Visit(name, ref number);
        value = number != 0;
    }
}
