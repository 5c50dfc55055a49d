using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>The scripts, processes and files that the top level defines and instances track by name.</summary>
internal sealed class KeepalivedTrackers(KeepalivedGlobals globals, KeepalivedWalker walker, DiagnosticBag diagnostics)
{
    private readonly Dictionary<(string Block, string Name), TrackerConfiguration> _defined = [];

    /// <summary>Takes a statement of the top level, if it defines a tracker. After global_defs: a script's user may stand there.</summary>
    public void Take(KeepalivedStatement s)
    {
        string? block = s.Keyword switch
        {
            "vrrp_script" => "track_script",
            "vrrp_track_process" => "track_process",
            "vrrp_track_file" or "track_file" => "track_file",
            _ => null,
        };
        if (block is null)
        {
            return;
        }

        string name = s.Words[1].Text;
        var tracker = block switch
        {
            "track_script" => Script(s, name),
            "track_process" => Process(s, name),
            _ => (TrackerConfiguration?)File(s, name),
        };
        if (tracker is not null && !_defined.TryAdd((block, name), tracker))
        {
            diagnostics.Warning(s.At, ConfigurationCodes.Duplicate, $"'{s.Keyword} {name}' stands above already; the first one counts.");
        }
    }

    /// <summary>A tracker that an instance names, with the weight that the instance gives it; null is reported.</summary>
    /// <param name="block">The block that names it: track_script, track_process or track_file.</param>
    /// <param name="line">Its name and perhaps <c>weight NUMBER [reverse]</c>.</param>
    /// <param name="instance">The instance, for messages.</param>
    public TrackerConfiguration? Find(string block, KeepalivedStatement line, string instance)
    {
        var word = line.Words[0];
        if (!_defined.TryGetValue((block, word.Text), out var tracker))
        {
            var names = _defined.Keys.Where(key => key.Block == block).Select(static key => key.Name);
            diagnostics.Error(word.At, ConfigurationCodes.InvalidValue,
                $"{instance}: there is no {(block == "track_script" ? "vrrp_script" : $"vrrp_{block}")} '{word.Text}', and keepalived tracks nothing then.{NameSuggestion.Hint(word.Text, names)}");
            return null;
        }

        return line.Words.Count == 1 ? tracker : Weigh(tracker, line, 1, instance);
    }

    /// <summary>Reads <c>weight NUMBER [reverse]</c> from a word on.</summary>
    public TrackerConfiguration? Weigh(TrackerConfiguration tracker, KeepalivedStatement line, int from, string instance)
    {
        if (line.Words[from].Text != "weight" || line.Parameter(from + 1) is null)
        {
            diagnostics.Error(line.Words[from].At, ConfigurationCodes.UnknownKeyword,
                $"{instance}: behind a tracked name only 'weight NUMBER [reverse]' may follow, not '{line.Words[from].Text}'. Write one name per line.");
            return null;
        }

        return WithWeight(tracker, line, from + 1);
    }

    private ScriptTracker? Script(KeepalivedStatement block, string name)
    {
        var tracker = new ScriptTracker { Name = name, Command = [], User = globals.Notification.ScriptUser, RequireSafeProgram = globals.Notification.RequireSafeProgram };
        foreach (var s in walker.Carried(block.Block!, KeepalivedContext.Script))
        {
            tracker = s.Keyword switch
            {
                "script" => tracker with { Command = Command(s) },
                "interval" when KeepalivedValues.Seconds(s, diagnostics) is { } interval => tracker with { Interval = interval },
                "timeout" when KeepalivedValues.Seconds(s, diagnostics) is { } timeout => tracker with { Timeout = timeout > TimeSpan.Zero ? timeout : null },
                "rise" when KeepalivedValues.Integer(s, diagnostics, 1) is { } rise => tracker with { Rise = rise },
                "fall" when KeepalivedValues.Integer(s, diagnostics, 1) is { } fall => tracker with { Fall = fall },
                "weight" => (ScriptTracker)WithWeight(tracker, s, 1),
                "user" => tracker with { User = KeepalivedNotification.UserAt(s, 1) },
                "init_fail" => tracker with { InitialState = TrackerStatus.Down },
                _ => tracker,
            };
        }

        if (tracker.Command.Count == 0)
        {
            diagnostics.Error(block.At, ConfigurationCodes.MissingValue, $"vrrp_script {name}: 'script' is missing. Name the program to run.");
            return null;
        }

        if (tracker.User is null)
        {
            diagnostics.Warning(block.At, ConfigurationCodes.Advice,
                $"vrrp_script {name} names no user: it runs as the user of this process. keepalived takes 'keepalived_script' where that user exists, else root. Write 'user NAME' or, in global_defs, 'script_user NAME'.");
        }

        return tracker;
    }

    private ProcessTracker? Process(KeepalivedStatement block, string name)
    {
        var tracker = new ProcessTracker { Name = name, ProcessName = string.Empty, Weight = 1 };
        foreach (var s in walker.Carried(block.Block!, KeepalivedContext.TrackProcess))
        {
            tracker = s.Keyword switch
            {
                "process" => WithProcess(tracker, s),
                "full_command" => tracker with { FullCommand = true },
                "param_match" => WithMatch(tracker, s),
                "weight" => (ProcessTracker)WithWeight(tracker, s, 1),
                "quorum" when KeepalivedValues.Integer(s, diagnostics, 0, 65535) is { } quorum => tracker with { Quorum = quorum },
                "quorum_max" when KeepalivedValues.Integer(s, diagnostics, 0, 65535) is { } most
                    => tracker with { QuorumMaximum = most, Quorum = Math.Min(tracker.Quorum, most) },
                "delay" when KeepalivedValues.Seconds(s, diagnostics) is { } delay => tracker with { ForkDelay = delay, TerminateDelay = delay },
                "fork_delay" when KeepalivedValues.Seconds(s, diagnostics) is { } delay => tracker with { ForkDelay = delay },
                "terminate_delay" when KeepalivedValues.Seconds(s, diagnostics) is { } delay => tracker with { TerminateDelay = delay },
                _ => tracker,
            };
        }

        if (tracker.ProcessName.Length > 0)
        {
            // A path counts only where the command line is compared; keepalived would wait for a name that the kernel never shows.
            return tracker.FullCommand ? tracker : tracker with { ProcessName = Path.GetFileName(tracker.ProcessName) };
        }

        diagnostics.Error(block.At, ConfigurationCodes.MissingValue, $"vrrp_track_process {name}: 'process' is missing. Name the process to count.");
        return null;
    }

    private FileTracker? File(KeepalivedStatement block, string name)
    {
        var tracker = new FileTracker { Name = name, Path = string.Empty, Weight = 1 };
        foreach (var s in walker.Carried(block.Block!, KeepalivedContext.TrackFile))
        {
            tracker = s.Keyword switch
            {
                "file" => tracker with { Path = s.Words[1].Text },
                "weight" => (FileTracker)WithWeight(tracker, s, 1),
                _ => tracker,
            };
        }

        if (tracker.Path.Length > 0)
        {
            return tracker;
        }

        diagnostics.Error(block.At, ConfigurationCodes.MissingValue, $"{block.Keyword} {name}: 'file' is missing. Name the file to read.");
        return null;
    }

    private TrackerConfiguration WithWeight(TrackerConfiguration tracker, KeepalivedStatement s, int at)
    {
        if (KeepalivedValues.Signed(s, at, -TrackerConfiguration.MaxWeight, TrackerConfiguration.MaxWeight, diagnostics) is not { } weight)
        {
            return tracker;
        }

        var option = s.Parameter(at + 1);
        if (option is { Text: not ("reverse" or "noreverse" or "no_reverse") } unknown)
        {
            diagnostics.Error(unknown.At, ConfigurationCodes.InvalidValue, $"Behind a weight only 'reverse' or 'noreverse' may follow, not '{unknown.Text}'.");
        }

        return tracker with { Weight = weight, Reverse = option is null ? tracker.Reverse : option.Value.Text == "reverse" };
    }

    /// <summary>Parameters behind the name mean that the command line is compared, all of it unless told otherwise.</summary>
    private static ProcessTracker WithProcess(ProcessTracker tracker, KeepalivedStatement s)
    {
        var named = tracker with { ProcessName = s.Words[1].Text };
        return s.Words.Count == 2 ? named : named with
        {
            FullCommand = true,
            Arguments = s.Words.Skip(2).Select(static word => word.Text).ToVrrpList(),
            ArgumentMatch = tracker.ArgumentMatch == ArgumentMatch.None ? ArgumentMatch.Exact : tracker.ArgumentMatch,
        };
    }

    private ProcessTracker WithMatch(ProcessTracker tracker, KeepalivedStatement s)
    {
        switch (s.Parameter(1)?.Text)
        {
            case null:
                return tracker with { FullCommand = true, ArgumentMatch = ArgumentMatch.Exact };
            case "initial":
                return tracker with { FullCommand = true, ArgumentMatch = ArgumentMatch.Initial };
            case "partial":
                return tracker with { FullCommand = true, ArgumentMatch = ArgumentMatch.Partial };
            case var other:
                diagnostics.Error(s.Words[1].At, ConfigurationCodes.InvalidValue, $"'param_match' cannot be '{other}': write initial, partial or nothing.");
                return tracker;
        }
    }

    /// <summary>One quoted text is a command line, several words are the words of one.</summary>
    private VrrpList<string> Command(KeepalivedStatement s)
    {
        if (s.Words.Count > 2)
        {
            return s.Words.Skip(1).Select(static word => word.Text).ToVrrpList();
        }

        if (KeepalivedScript.Split(s.Words[1].Text) is { } words)
        {
            return words.ToVrrpList();
        }

        diagnostics.Error(s.Words[1].At, ConfigurationCodes.InvalidValue, "A quotation mark of this command is not closed, or a backslash stands at its end.");
        return [];
    }
}
