using System.CommandLine;
using System.CommandLine.Parsing;

namespace VrrpPS.Tool.Commands;

/// <summary>Options that several commands share: one wording for one meaning.</summary>
internal static class CommonOptions
{
    /// <summary><c>--config PATH</c>.</summary>
    public static Option<string> Config() => new("--config", "-c")
    {
        Description = "The configuration: JSON or keepalived.conf, or a directory whose *.json and *.conf are read in the order of their names.",
        HelpName = "PATH",
        Required = true,
    };

    /// <summary><c>--namespace NS</c>.</summary>
    public static Option<string?> Namespace(string what) => new("--namespace", "-n")
    {
        Description = $"The named network namespace {what} (as 'ip netns' lists it); by default this process's own.",
        HelpName = "NS",
    };

    /// <summary><c>--interface OLD=NEW</c>, any number of times.</summary>
    public static Option<string[]> Rename()
    {
        var option = new Option<string[]>("--interface", "-i")
        {
            Description = "Uses NEW wherever the configuration says OLD, for example ens33=eth0. May be repeated.",
            HelpName = "OLD=NEW",
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = _ => [],
        };
        option.Validators.Add(ValidateRenames);
        return option;
    }

    /// <summary><c>--config-id ID</c>.</summary>
    public static Option<string?> ConfigId() => new("--config-id")
    {
        Description = "The identity that lines of a keepalived.conf beginning with @id are for, as keepalived's --config-id; by default this host's name up to the first dot.",
        HelpName = "ID",
    };

    /// <summary><c>--allow-partial</c>.</summary>
    public static Option<bool> AllowPartial() => new("--allow-partial")
    {
        Description = "Runs although parts of the configuration cannot be carried over.",
    };

    /// <summary>The renamings as a map. The option's validator has refused everything else.</summary>
    public static IReadOnlyDictionary<string, string> ToMap(string[] renames)
        => renames.Select(Split).ToDictionary(pair => pair.Old, pair => pair.New, StringComparer.Ordinal);

    private static void ValidateRenames(OptionResult result)
    {
        var old = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in result.Tokens)
        {
            var pair = Split(token.Value);
            if (pair.Old.Length == 0 || pair.New.Length == 0)
            {
                result.AddError(Engine.Errors.VrrpErrors.InvalidInterfaceRename(token.Value).Message);
            }
            else if (!old.Add(pair.Old))
            {
                result.AddError($"The interface '{pair.Old}' is renamed twice. Write one --interface per interface.");
            }
        }
    }

    private static (string Old, string New) Split(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (string.Empty, string.Empty) : (text[..at], text[(at + 1)..]);
    }
}
