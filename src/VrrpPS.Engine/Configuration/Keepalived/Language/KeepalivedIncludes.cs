using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>Finds and opens included files with keepalived 2.2.7's rules about what is missing.</summary>
internal sealed class KeepalivedIncludes(DiagnosticBag diagnostics, bool ordinaryOnly)
{
    /// <summary>Together with the limit of the depth this bounds circles that fan out.</summary>
    private const int MaxFiles = 1000;

    private int _opened;

    /// <summary>The include statement on a line, or null.</summary>
    public static KeepalivedInclude? Parse(KeepalivedLine line)
    {
        string text = line.Text;
        if (!text.StartsWith("include", StringComparison.Ordinal) || text.Length < 8)
        {
            return null;
        }

        bool plain = KeepalivedComments.IsBlank(text[7]);
        if (!plain && !(text.Length > 8 && KeepalivedComments.IsBlank(text[8])))
        {
            return null;
        }

        KeepalivedIncludeKind? kind = plain ? KeepalivedIncludeKind.Lenient : text[7] switch
        {
            'r' => KeepalivedIncludeKind.Unreadable,
            'm' => KeepalivedIncludeKind.Unreadable | KeepalivedIncludeKind.Missing,
            'w' => KeepalivedIncludeKind.Unreadable | KeepalivedIncludeKind.Missing | KeepalivedIncludeKind.NoMatch,
            'b' => KeepalivedIncludeKind.Unreadable | KeepalivedIncludeKind.BraceMissing,
            'a' => KeepalivedIncludeKind.Unreadable | KeepalivedIncludeKind.Missing | KeepalivedIncludeKind.NoMatch | KeepalivedIncludeKind.BraceMissing,
            _ => null,
        };
        return kind is { } known ? new KeepalivedInclude(known, text[(plain ? 8 : 9)..].Trim(' ', '\t')) : null;
    }

    /// <summary>The files a statement names.</summary>
    public IReadOnlyList<string> Expand(KeepalivedInclude include, KeepalivedLine line)
    {
        if (line.Directory is null && !Path.IsPathRooted(include.Pattern))
        {
            diagnostics.Error(line.At(0), ConfigurationCodes.Include,
                $"'{include.Pattern}' has nowhere to start from, because this text comes without a file. Read the file instead, or write an absolute path.");
            return [];
        }

        var alternatives = KeepalivedGlob.Braces(include.Pattern);
        var files = new List<string>();
        foreach (string alternative in alternatives)
        {
            var found = KeepalivedGlob.Files(alternative, line.Directory ?? "/");
            if (found.Count == 0)
            {
                // A directory of snippets may be empty: keepalived says nothing either, unless told to.
                Report(include, KeepalivedIncludeKind.NoMatch, line, $"No file matches '{alternative}'.", silent: true);
            }
            else if (!KeepalivedGlob.HasWildcard(alternative) && !File.Exists(found[0]) && !Directory.Exists(found[0]))
            {
                Report(include, alternatives.Count > 1 ? KeepalivedIncludeKind.BraceMissing : KeepalivedIncludeKind.Missing, line,
                    $"There is no file '{found[0]}'; nothing is included. keepalived goes on without it, too.");
            }
            else
            {
                files.AddRange(found);
            }
        }

        return files;
    }

    /// <summary>The text of one of the files, or null, which is reported.</summary>
    public string? Open(KeepalivedInclude include, string path, KeepalivedLine line)
    {
        if (_opened++ == MaxFiles)
        {
            diagnostics.Error(line.At(0), ConfigurationCodes.Include, $"More than {MaxFiles} files are included. Does a file include itself?");
        }

        if (_opened > MaxFiles)
        {
            return null;
        }

        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            if (Directory.Exists(path) || (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & execute) != UnixFileMode.None))
            {
                Report(include, KeepalivedIncludeKind.Unreadable, line, $"'{path}' is skipped, as in keepalived: it is a directory or executable.");
                return null;
            }

            return ConfigurationText.Load(path, allowLegacyEncoding: true, out _, ordinaryOnly);
        }
        catch (Exception e) when (e is VrrpException or IOException or UnauthorizedAccessException)
        {
            Report(include, KeepalivedIncludeKind.Unreadable, line, e.Message);
            return null;
        }
    }

    private void Report(KeepalivedInclude include, KeepalivedIncludeKind kind, KeepalivedLine line, string message, bool silent = false)
    {
        if ((include.Kind & kind) != KeepalivedIncludeKind.Lenient)
        {
            diagnostics.Error(line.At(0), ConfigurationCodes.Include, message);
        }
        else if (!silent)
        {
            diagnostics.Warning(line.At(0), ConfigurationCodes.Include, message);
        }
    }
}
