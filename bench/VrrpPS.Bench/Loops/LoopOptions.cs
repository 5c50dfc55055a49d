using System.CommandLine;
using System.Globalization;

namespace VrrpPS.Bench.Loops;

/// <summary>How the loops are called: <c>vrrpps-bench loop KIND COUNT INTERVAL PRIORITY SLACK</c>.</summary>
/// <param name="Kind">send (at random phases), together (in groups) or receive.</param>
/// <param name="Count">How many virtual routers, from 1.</param>
/// <param name="Interval">The interval in centiseconds.</param>
/// <param name="Priority">The priority that is sent.</param>
/// <param name="SlackMicroseconds">How much too early one may be sent together with another; 0 sends each alone.</param>
internal sealed record LoopOptions(string Kind, int Count, int Interval, byte Priority, int SlackMicroseconds)
{
    /// <summary>What a loop says when it runs.</summary>
    public const string Ready = "the loop runs";

    /// <summary>Sending in groups that leave with one system call each.</summary>
    public const string Together = "together";

    /// <summary>The arguments for a child.</summary>
    public IReadOnlyList<string> Arguments =>
        ["loop", Kind, Text(Count), Text(Interval), Text(Priority), Text(SlackMicroseconds)];

    /// <summary>The command that runs a loop until it is killed.</summary>
    public static Command CreateCommand()
    {
        var kind = new Argument<string>("kind");
        var count = new Argument<int>("count");
        var interval = new Argument<int>("interval");
        var priority = new Argument<byte>("priority");
        var slack = new Argument<int>("slack");
        var command = new Command("loop", "A bare loop, as a child of the measurement.") { kind, count, interval, priority, slack };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var options = new LoopOptions(
                parsed.GetValue(kind)!, parsed.GetValue(count), parsed.GetValue(interval), parsed.GetValue(priority), parsed.GetValue(slack));
            switch (options.Kind)
            {
                case "send":
                case Together:
                    SendLoop.Run(options);
                    break;
                case "receive":
                    ReceiveLoop.Run();
                    break;
                default:
                    throw new BenchException($"There is no loop '{options.Kind}'.");
            }

            return 0;
        });
        return command;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
