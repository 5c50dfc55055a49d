using System.Net;
using VrrpPS.Engine.Linux.Scheduling;
using VrrpPS.Service.Events;

namespace VrrpPS.Service.Run;

/// <summary>
/// <see cref="RunOptions"/> as arguments, under the names that <c>vrrpps run</c> has for them: each long, each with its value behind it. What a
/// person writes is read, checked and explained by <c>vrrpps</c>; this is what it hands on.
/// </summary>
internal static class RunArguments
{
    /// <summary>Comes first, and the version of whoever hands on behind it: what both understand by the rest may differ between versions.</summary>
    public const string By = "--by";

    private const string Config = "--config", Namespace = "--namespace", Interface = "--interface", ConfigId = "--config-id", AllowPartial = "--allow-partial";
    private const string Socket = "--socket", Group = "--group", Events = "--events", Record = "--record";
    private const string MetricsListen = "--metrics-listen", MetricsFile = "--metrics-file", OtlpEndpoint = "--otlp-endpoint";
    private const string RealTimePriority = "--realtime-priority", LockMemory = "--lock-memory", Processors = "--processors";

    /// <summary>The arguments that <see cref="Read"/> makes the same of.</summary>
    public static IReadOnlyList<string> Write(RunOptions options)
    {
        var arguments = new List<string>();
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                arguments.AddRange([name, value]);
            }
        }

        Add(Config, options.ConfigurationPath);
        Add(Namespace, options.NetworkNamespace);
        foreach (var (old, current) in options.InterfaceRenames)
        {
            Add(Interface, $"{old}={current}");
        }

        Add(ConfigId, options.ConfigId);
        Add(Socket, options.SocketPath);
        Add(Group, options.Group);
        Add(Events, options.Events?.Name());
        Add(Record, options.RecordingPath);
        Add(MetricsListen, options.MetricsAddress?.ToString());
        Add(MetricsFile, options.MetricsFile);
        Add(OtlpEndpoint, options.OtlpEndpoint);
        arguments.AddRange(options.Scheduling.Arguments());
        if (options.AllowPartial)
        {
            arguments.Add(AllowPartial);
        }

        return arguments;
    }

    /// <summary>The options that the arguments say.</summary>
    /// <exception cref="FormatException">They are not as <see cref="Write"/> writes them; the message names the one.</exception>
    public static RunOptions Read(IReadOnlyList<string> arguments)
    {
        RunOptions options = new() { ConfigurationPath = string.Empty };
        bool hasPath = false;
        var renames = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            if (Flag(options, name) is { } flagged)
            {
                options = flagged;
                continue;
            }

            string value = ++i < arguments.Count ? arguments[i] : throw new FormatException($"'{name}' has no value");
            hasPath |= name == Config;
            if (name == Interface && value.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
            {
                renames[value[..at]] = value[(at + 1)..];
            }
            else
            {
                options = Valued(options, name, value) ?? throw new FormatException($"'{name} {value}' is not understood");
            }
        }

        return hasPath ? options with { InterfaceRenames = renames } : throw new FormatException($"'{Config}' is missing");
    }

    private static RunOptions? Flag(RunOptions options, string name) => name switch
    {
        AllowPartial => options with { AllowPartial = true },
        LockMemory => options with { Scheduling = options.Scheduling with { LockMemory = true } },
        _ => null,
    };

    private static RunOptions? Valued(RunOptions options, string name, string value) => name switch
    {
        Config => options with { ConfigurationPath = value },
        Namespace => options with { NetworkNamespace = value },
        ConfigId => options with { ConfigId = value },
        Socket => options with { SocketPath = value },
        Group => options with { Group = value },
        Events => EventFormatNames.Find(value) is { } format ? options with { Events = format } : null,
        Record => options with { RecordingPath = value },
        MetricsListen => IPEndPoint.TryParse(value, out var address) ? options with { MetricsAddress = address } : null,
        MetricsFile => options with { MetricsFile = value },
        OtlpEndpoint => options with { OtlpEndpoint = value },
        RealTimePriority => LoopScheduling.TryParsePriority(value, out int priority)
            ? options with { Scheduling = options.Scheduling with { RealTimePriority = priority } }
            : null,
        Processors => ProcessorSet.TryParse(value, out var processors) ? options with { Scheduling = options.Scheduling with { Processors = processors } } : null,
        _ => null,
    };
}
