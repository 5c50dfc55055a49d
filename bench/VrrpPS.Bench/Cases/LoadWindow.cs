using VrrpPS.Bench.Measure;

namespace VrrpPS.Bench.Cases;

/// <summary>What the processors did in a while.</summary>
/// <param name="Before">At its begin.</param>
/// <param name="After">At its end.</param>
/// <param name="Packets">How many advertisements were on the wire.</param>
internal sealed record LoadWindow(ProcessorTime Before, ProcessorTime After, long Packets)
{
    /// <summary>
    /// Others may take so much more of the time that is measured than of the empty run; beyond that the idle time is useless.
    /// </summary>
    private const double GreatestShareOfOthers = 0.01;

    /// <summary>A processor that is busier than this without the node has no room for it.</summary>
    private const double GreatestEmpty = 0.5;

    /// <summary>How long it was, in nanoseconds.</summary>
    public long Duration => After.At - Before.At;

    /// <summary>Whether others were busier meanwhile than in the empty run, which is subtracted.</summary>
    public bool IsDisturbedBeside(LoadWindow empty) => Others > empty.Others + GreatestShareOfOthers;

    /// <summary>The share of the time in which a processor was busy.</summary>
    public double Busy(int processor) => After.BusySince(Before, processor) / (double)Duration;

    /// <summary>Processor time of the node's processes per packet, in microseconds.</summary>
    public double ProcessMicroseconds => (After.Processes - Before.Processes) / 1e3 / Packets;

    /// <summary>Wake-ups of the node's processes per packet.</summary>
    public double WakeupsPerPacket => (After.Switches - Before.Switches) / (double)Packets;

    /// <summary>Processor time per packet beyond what an empty run takes, in microseconds; NaN where others took most of the empty run.</summary>
    public double Microseconds(params ReadOnlySpan<(int Processor, double Empty)> processors)
    {
        double busy = 0;
        foreach (var (processor, empty) in processors)
        {
            if (empty > GreatestEmpty)
            {
                return double.NaN;
            }

            busy += Busy(processor) - empty;
        }

        return busy * Duration / 1e3 / Packets;
    }

    /// <summary>Processor time of everybody else, as a share of one processor.</summary>
    public double Others => After.OthersSince(Before) / (double)Duration;
}
