using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Systemd;

/// <summary>What a configuration needs of the system beyond the bare minimum (CAP_NET_ADMIN and CAP_NET_RAW).</summary>
public sealed record UnitNeeds
{
    /// <summary>Nothing.</summary>
    public static UnitNeeds None { get; } = new();

    /// <summary>The users that commands and checks run as; changing to them takes CAP_SETUID, CAP_SETGID and CAP_KILL.</summary>
    public VrrpList<string> Users { get; init; } = [];

    /// <summary>The named network namespace of all instances; null when they are in the service's own or in several.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>Whether instances are in several network namespaces, which takes CAP_SYS_ADMIN.</summary>
    public bool HasSeveralNamespaces { get; init; }

    /// <summary>The directories of FIFOs and event files.</summary>
    public VrrpList<string> WritableDirectories { get; init; } = [];

    /// <summary>Whether something named in the configuration is in a home directory.</summary>
    public bool UsesHome { get; init; }

    /// <summary>Whether something named in the configuration is in a directory for temporary files.</summary>
    public bool UsesTemporary { get; init; }

    /// <summary>Whether commands or checks are run, which may need what nobody can tell here.</summary>
    public bool RunsPrograms { get; init; }

    /// <summary>What instances need.</summary>
    /// <param name="instances">The instances of one service.</param>
    /// <param name="paths">Other files that it reads: its configuration.</param>
    public static UnitNeeds Of(IReadOnlyList<InstanceConfiguration> instances, params IEnumerable<string> paths)
    {
        var commands = instances.SelectMany(static instance => instance.Notification.Commands).ToArray();
        var scripts = instances.SelectMany(static instance => instance.Trackers).OfType<ScriptTracker>().ToArray();
        var written = instances.SelectMany(static instance => instance.Notification.Fifos)
            .Concat(instances.Select(static instance => instance.Notification.EventFile?.Path).OfType<string>())
            .ToArray();
        string[] used =
        [
            .. paths,
            .. written,
            .. commands.SelectMany(static command => command.Arguments).Concat(scripts.SelectMany(static script => script.Command)).Where(static text => text.StartsWith('/')),
            .. instances.SelectMany(static instance => instance.Trackers).OfType<FileTracker>().Select(static tracker => tracker.Path),
        ];
        string?[] namespaces = [.. instances.Select(static instance => instance.NetworkNamespace).Distinct(StringComparer.Ordinal)];
        return new UnitNeeds
        {
            Users = commands.Select(static command => command.User).Concat(scripts.Select(static script => script.User))
                .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToVrrpList(),
            NetworkNamespace = namespaces is [{ } only] ? only : null,
            HasSeveralNamespaces = namespaces.Length > 1,
            WritableDirectories = written.Select(static path => Path.GetDirectoryName(path)).OfType<string>()
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToVrrpList(),
            UsesHome = used.Any(IsInHome),
            UsesTemporary = used.Any(IsTemporary),
            RunsPrograms = commands.Length > 0 || scripts.Length > 0,
        };
    }

    /// <summary>These needs, and those of one more file that is written; null adds nothing.</summary>
    internal UnitNeeds Writing(string? file) => file is null ? this : this with
    {
        WritableDirectories = WritableDirectories.Append(Path.GetDirectoryName(file)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToVrrpList(),
        UsesHome = UsesHome || IsInHome(file),
        UsesTemporary = UsesTemporary || IsTemporary(file),
    };

    private static bool IsInHome(string path) => IsBelow(path, "/home", "/root", "/run/user");

    private static bool IsTemporary(string path) => IsBelow(path, "/tmp", "/var/tmp");

    private static bool IsBelow(string path, params ReadOnlySpan<string> directories)
    {
        foreach (string directory in directories)
        {
            if (path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/'))
            {
                return true;
            }
        }

        return false;
    }
}
