using System.CommandLine;
using System.CommandLine.Parsing;
using VrrpPS.Engine.Linux.Scheduling;

namespace VrrpPS.Tool.Commands;

/// <summary>The options of <c>vrrpps run</c> for a machine whose load would make advertisements late.</summary>
internal sealed class SchedulingOptions
{
    private readonly Option<int> _priority = new("--realtime-priority")
    {
        Description = "Runs the loops at this real-time priority (SCHED_FIFO, 1 to 99), before everything ordinary on this machine. What they start runs at ordinary priority. Needs CAP_SYS_NICE or a limit (LimitRTPRIO= of a unit).",
        HelpName = "1-99",
        CustomParser = ParsePriority,
    };

    private readonly Option<bool> _lock = new("--lock-memory")
    {
        Description = "Keeps the process's memory from being swapped out. Needs CAP_IPC_LOCK or no limit (LimitMEMLOCK=infinity of a unit).",
    };

    private readonly Option<ProcessorSet?> _processors = new("--processors")
    {
        Description = "Runs the loops, and what they start, on these processors only, for example 0 or 2-3,6.",
        HelpName = "LIST",
        CustomParser = ParseProcessors,
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_priority);
        command.Add(_lock);
        command.Add(_processors);
    }

    /// <summary>What was asked for.</summary>
    public LoopScheduling Get(ParseResult parsed) => new()
    {
        RealTimePriority = parsed.GetValue(_priority),
        LockMemory = parsed.GetValue(_lock),
        Processors = parsed.GetValue(_processors),
    };

    private static int ParsePriority(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (LoopScheduling.TryParsePriority(text, out int priority))
        {
            return priority;
        }

        result.AddError($"'{text}' is no real-time priority. Write a number from {LoopScheduling.LeastPriority} to {LoopScheduling.GreatestPriority}, for example --realtime-priority 50.");
        return 0;
    }

    private static ProcessorSet? ParseProcessors(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (ProcessorSet.TryParse(text, out var set))
        {
            return set;
        }

        result.AddError($"'{text}' is no list of processors. Write numbers and ranges, for example --processors 0 or --processors 2-3,6.");
        return null;
    }
}
