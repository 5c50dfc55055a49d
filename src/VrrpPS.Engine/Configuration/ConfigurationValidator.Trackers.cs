using System.Text.RegularExpressions;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

public static partial class ConfigurationValidator
{
    private const int MaxCount = 1000;
    private const int MaxQuorum = 65535;

    private static readonly TimeSpan MinTrackerInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MinTrackerTimeout = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxTrackerTime = TimeSpan.FromHours(1);

    /// <summary>Finds what is wrong with one tracker.</summary>
    public static IReadOnlyList<VrrpException> Validate(TrackerConfiguration tracker)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        var problems = new List<ConfigurationProblem>();
        CheckTracker(tracker, problems);
        return [.. problems.Select(static problem => problem.Error)];
    }

    private static void CheckTrackers(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        var names = new HashSet<string>(c.TrackInterfaces, StringComparer.Ordinal);
        foreach (var tracker in c.Trackers)
        {
            CheckTracker(tracker, problems);
            if (!names.Add(tracker.Name))
            {
                AddTracker(problems, $"Two trackers are named '{tracker.Name}'. Give each a name of its own: it is what states and reasons show.", tracker.Name);
            }
        }
    }

    private static void CheckTracker(TrackerConfiguration t, List<ConfigurationProblem> problems)
    {
        const string trackers = nameof(InstanceConfiguration.Trackers);
        if (string.IsNullOrWhiteSpace(t.Name) || t.Name.Any(char.IsControl))
        {
            AddTracker(problems, $"'{t.Name}' is not a tracker's name. Choose a printable text.", t.Name);
        }

        string of = $" of tracker '{t.Name}'";
        CheckRange(problems, trackers, $"The interval{of}", t.Interval, MinTrackerInterval, MaxTrackerTime, "100ms to 1h");
        if (t.Timeout is { } timeout)
        {
            CheckRange(problems, trackers, $"The timeout{of}", timeout, MinTrackerTimeout, MaxTrackerTime, "10ms to 1h");
        }

        CheckNumber(problems, $"rise{of}", t.Rise, 1, MaxCount);
        CheckNumber(problems, $"fall{of}", t.Fall, 1, MaxCount);
        CheckNumber(problems, $"weight{of}", t.Weight, -TrackerConfiguration.MaxWeight, TrackerConfiguration.MaxWeight);
        CheckTarget(t, problems);
    }

    private static void CheckTarget(TrackerConfiguration tracker, List<ConfigurationProblem> problems)
    {
        switch (tracker)
        {
            case InterfaceTracker link when !IsInterfaceName(link.InterfaceName):
                Add(problems, nameof(InstanceConfiguration.Trackers), VrrpErrors.InvalidInterfaceName(link.InterfaceName));
                break;
            case TcpTracker tcp:
                CheckNumber(problems, $"port of tracker '{tcp.Name}'", tcp.Port, 1, 65535);
                if (Uri.CheckHostName(tcp.Host) == UriHostNameType.Unknown)
                {
                    AddTracker(problems, $"'{tcp.Host}' is neither an address nor a host name. Write ADDRESS:PORT, an IPv6 address in brackets.", tcp.Host);
                }

                break;
            case HttpTracker http:
                CheckHttp(http, problems);
                break;
            case ScriptTracker script when script.Command.Count == 0 || script.Command[0].Length == 0 || script.Command.Any(static word => word.Contains('\0')):
                AddTracker(problems, $"Tracker '{script.Name}' has no command. Give a program and its arguments, each a word of its own.", script.Name);
                break;
            case ScriptTracker { User: { } user } script when user.Length == 0 || user.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c)):
                AddTracker(problems, $"'{user}' is not a user. Write NAME or NAME:GROUP, or leave it out for the user of this process.", script.Name);
                break;
            case ProcessTracker process:
                CheckProcess(process, problems);
                break;
            case FileTracker file when !file.Path.StartsWith('/') || file.Path.Contains('\0'):
                AddTracker(problems, $"'{file.Path}' is not the full path of a file. Begin it with '/': the service's own directory is not yours.", file.Path);
                break;
        }
    }

    private static void CheckHttp(HttpTracker http, List<ConfigurationProblem> problems)
    {
        if (!Uri.TryCreate(http.Uri, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            AddTracker(problems, $"'{http.Uri}' is not a URI that can be asked. Write http://HOST[:PORT]/PATH or https://...", http.Uri);
        }

        if (http.ExpectBody is { } pattern && !IsPattern(pattern))
        {
            AddTracker(problems, $"'{pattern}' is not a regular expression that can be matched without backtracking. Leave out look-around and back-references, and put a backslash before . * + ? ( ) [ to mean themselves.", pattern);
        }
    }

    private static void CheckProcess(ProcessTracker process, List<ConfigurationProblem> problems)
    {
        CheckNumber(problems, $"quorum of tracker '{process.Name}'", process.Quorum, 0, MaxQuorum);
        if (process.QuorumMaximum is { } most)
        {
            CheckNumber(problems, $"greatest quorum of tracker '{process.Name}'", most, process.Quorum, MaxQuorum);
        }

        if (process.ProcessName.Length == 0 || (!process.FullCommand && process.ProcessName.Contains('/')) || process.ProcessName.Any(char.IsControl))
        {
            AddTracker(problems, $"'{process.ProcessName}' is not the name of a process. Write it as 'ps -e -o comm' shows it, without a path, or as 'ps -e -o args' does and ask for the full command.", process.ProcessName);
        }

        const string trackers = nameof(InstanceConfiguration.Trackers);
        CheckRange(problems, trackers, $"The fork delay of tracker '{process.Name}'", process.ForkDelay, TimeSpan.Zero, MaxTrackerTime, "0s to 1h");
        CheckRange(problems, trackers, $"The terminate delay of tracker '{process.Name}'", process.TerminateDelay, TimeSpan.Zero, MaxTrackerTime, "0s to 1h");
        if (!Enum.IsDefined(process.ArgumentMatch) || (process.ArgumentMatch == ArgumentMatch.None && process.Arguments.Count > 0))
        {
            AddTracker(problems, $"Nothing says how tracker '{process.Name}' compares its arguments. Choose Exact, Initial or Partial, or leave the arguments out.", process.Name);
        }

        if (process.Arguments.Any(static word => word.Contains('\0')))
        {
            AddTracker(problems, $"An argument of tracker '{process.Name}' contains a zero byte, which no process can have.", process.Name);
        }
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static void CheckNumber(List<ConfigurationProblem> problems, string what, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            AddTracker(problems, $"The {what} cannot be {value}: write a whole number from {least} to {most}.", value);
        }
    }

    private static void AddTracker(List<ConfigurationProblem> problems, string message, object target)
        => Add(problems, nameof(InstanceConfiguration.Trackers), VrrpErrors.InvalidConfiguration(message, target));
}
