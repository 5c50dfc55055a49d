namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>The third layer: a tree of statements. It knows braces and lines, but no keyword.</summary>
internal sealed class KeepalivedParser(DiagnosticBag diagnostics)
{
    private readonly Stack<(KeepalivedBlock Block, KeepalivedStatement? Owner)> _open = new();

    /// <summary>The statement an opening brace on a later line would belong to.</summary>
    private KeepalivedStatement? _last;

    /// <summary>Builds the tree; what is wrong with the braces is reported, and the tree holds all that could be told.</summary>
    public KeepalivedBlock Parse(IEnumerable<KeepalivedLine> lines, string file)
    {
        var root = new KeepalivedBlock(new SourcePosition(file, 1, 1));
        _open.Push((root, null));
        foreach (var line in lines)
        {
            Line(KeepalivedLexer.Split(line));
        }

        while (_open.Count > 1)
        {
            var (block, owner) = _open.Pop();
            diagnostics.Error(block.Open, ConfigurationCodes.Syntax,
                $"The block{(owner is null ? string.Empty : $" of '{owner.Keyword}'")} that opens here is never closed. Is the file complete? Add the missing '}}'.");
        }

        return root;
    }

    private void Line(List<KeepalivedWord> words)
    {
        int start = 0;
        for (int i = 0; i <= words.Count; i++)
        {
            if (i < words.Count && !words[i].Is('{') && !words[i].Is('}'))
            {
                continue;
            }

            if (i > start)
            {
                _last = new KeepalivedStatement(words.GetRange(start, i - start));
                _open.Peek().Block.Statements.Add(_last);
            }

            if (i < words.Count)
            {
                Brace(words[i]);
            }

            start = i + 1;
        }
    }

    private void Brace(KeepalivedWord brace)
    {
        if (brace.Is('{'))
        {
            var block = new KeepalivedBlock(brace.At);
            if (_last is null)
            {
                diagnostics.Error(brace.At, ConfigurationCodes.Syntax, "This '{' belongs to no keyword. Remove it and its '}', or name the block.");
            }
            else
            {
                _last.Block = block;
            }

            _open.Push((block, _last));
            _last = null;
            return;
        }

        _last = null;
        if (_open.Count > 1)
        {
            _open.Pop();
        }
        else
        {
            diagnostics.Error(brace.At, ConfigurationCodes.Syntax, "This '}' closes nothing. Remove it.");
        }
    }
}
