using System.Management.Automation.Host;
using System.Text;

namespace VrrpPS.Formatting;

/// <summary>Draws lines of text in the same place of a terminal again and again, below what was there before.</summary>
internal sealed class BoardScreen(PSHostUserInterface terminal) : IDisposable
{
    private const string HideCursor = "\e[?25l", ShowCursor = "\e[?25h", ClearLine = "\e[K", ClearBelow = "\e[J";

    private int _drawn = -1;

    /// <summary>Puts lines in the place of those before.</summary>
    internal void Draw(IReadOnlyList<string> lines)
    {
        var text = new StringBuilder();
        if (_drawn < 0)
        {
            _ = text.Append(HideCursor);
        }
        else if (_drawn > 0)
        {
            _ = text.Append($"\e[{_drawn}A");
        }

        foreach (string line in lines)
        {
            _ = text.Append('\r').Append(line).Append(ClearLine).Append('\n');
        }

        terminal.Write(text.Append(ClearBelow).ToString());
        _drawn = lines.Count;
    }

    /// <summary>Leaves the last drawing where it is.</summary>
    public void Dispose()
    {
        if (_drawn >= 0)
        {
            terminal.Write(ShowCursor);
        }
    }
}
