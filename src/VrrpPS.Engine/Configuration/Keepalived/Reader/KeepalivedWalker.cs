namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>Compares blocks with the keyword tables: hands out what is carried over and reports everything else.</summary>
internal sealed class KeepalivedWalker(DiagnosticBag diagnostics)
{
    private readonly List<KeepalivedStatement> _virtualServers = [];

    /// <summary>The statements of a block that are carried over, in order and well-formed.</summary>
    public IEnumerable<KeepalivedStatement> Carried(KeepalivedBlock block, KeepalivedContext context)
    {
        foreach (var statement in block.Statements)
        {
            if (Known(statement, context) is not { } keyword)
            {
                continue;
            }

            if (keyword.Status == KeepalivedStatus.VirtualServer)
            {
                _virtualServers.Add(statement);
            }
            else if (HasRightShape(statement, keyword))
            {
                if (keyword.Status == KeepalivedStatus.Carried)
                {
                    yield return statement;
                }
                else
                {
                    Report(statement, keyword);
                    CheckNames(statement, keyword);
                }
            }
        }
    }

    /// <summary>One line for all load balancing.</summary>
    public void ReportVirtualServers()
    {
        if (_virtualServers is [var first, ..])
        {
            string blocks = _virtualServers.Count == 1 ? "This block is" : $"This and {_virtualServers.Count - 1} more blocks are";
            diagnostics.Information(first.At, ConfigurationCodes.VirtualServer, $"{blocks} load balancing and skipped: only the virtual routers are carried over.");
        }
    }

    /// <summary>Says that a statement is not carried over and what that changes.</summary>
    public void Loss(KeepalivedStatement statement, string changes)
        => diagnostics.Loss(statement.At, $"'{statement.Keyword}' is not carried over and changes {changes}");

    private KeepalivedKeyword? Known(KeepalivedStatement statement, KeepalivedContext context)
    {
        var table = KeepalivedKeywords.Of(context);
        var word = statement.Words[0];
        if (!word.IsQuoted && table.TryGetValue(word.Text, out var keyword))
        {
            return keyword;
        }

        if (diagnostics.IsFull)
        {
            // Looking for what was meant is the expensive part, and nobody reads it any more.
            diagnostics.Error(word.At, ConfigurationCodes.UnknownKeyword, $"keepalived knows no keyword '{word.Text}'.");
            return null;
        }

        var elsewhere = KeepalivedKeywords.ContextsOf(word.Text).ToArray();
        string hint = elsewhere.Length > 0
            ? $" It belongs {KeepalivedKeywords.PlaceOf(elsewhere[0])}: is a brace missing above?"
            : NameSuggestion.Hint(word.Text, table.Keys);
        diagnostics.Error(word.At, ConfigurationCodes.UnknownKeyword, $"keepalived knows no keyword '{word.Text}' {KeepalivedKeywords.PlaceOf(context)}.{hint}");
        return null;
    }

    private bool HasRightShape(KeepalivedStatement statement, KeepalivedKeyword keyword)
    {
        if (keyword.HasBlock && statement.Block is null)
        {
            diagnostics.Error(statement.At, ConfigurationCodes.Syntax, $"'{keyword.Name}' needs a block: add '{{ ... }}'.");
            return false;
        }

        if (!keyword.HasBlock && statement.Block is { } block)
        {
            diagnostics.Error(block.Open, ConfigurationCodes.Syntax, $"'{keyword.Name}' takes no block. Remove the braces.");
            return false;
        }

        if (keyword.NeedsParameter && statement.Words.Count < 2)
        {
            diagnostics.Error(statement.At, ConfigurationCodes.MissingValue, $"'{keyword.Name}' needs a value behind it on the same line.");
            return false;
        }

        return true;
    }

    private void Report(KeepalivedStatement statement, KeepalivedKeyword keyword)
    {
        if (keyword.Status == KeepalivedStatus.Partial)
        {
            Loss(statement, keyword.Why!);
            return;
        }

        string why = keyword.Why is null ? string.Empty : " " + keyword.Why;
        diagnostics.Warning(statement.At, ConfigurationCodes.NotCarriedOver,
            $"'{keyword.Name}' is not carried over; it changes neither election nor addresses nor authentication.{why}");
    }

    /// <summary>Typing errors count in blocks that are not carried over as well.</summary>
    private void CheckNames(KeepalivedStatement statement, KeepalivedKeyword keyword)
    {
        if (keyword.Children is { } context && statement.Block is { } block)
        {
            foreach (var child in block.Statements)
            {
                Known(child, context);
            }
        }
    }
}
