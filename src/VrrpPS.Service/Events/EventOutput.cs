namespace VrrpPS.Service.Events;

/// <summary>
/// An output that may refuse lines for a while, as a full disk does: what it refuses is counted, never thrown, and the next line is
/// tried all the same.
/// </summary>
internal sealed class EventOutput(TextWriter writer)
{
    private long _missing;

    /// <summary>Writes a line.</summary>
    /// <param name="line">Without the line end.</param>
    /// <param name="missing">When the line was written: how many before it were not.</param>
    /// <returns>What refused the line, when it is the first one that was refused; otherwise null.</returns>
    public IOException? Write(ReadOnlySpan<char> line, out long missing)
    {
        missing = 0;
        try
        {
            if (_missing > 0)
            {
                // What was refused may have ended in the middle of a line.
                writer.WriteLine();
            }

            writer.WriteLine(line);
            writer.Flush();
            (missing, _missing) = (_missing, 0);
            return null;
        }
        catch (IOException exception)
        {
            _missing++;
            return _missing == 1 ? exception : null;
        }
    }
}
