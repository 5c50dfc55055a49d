using System.Text;

namespace VrrpPS.Engine.Report;

/// <summary>A table of a page. Every cell is escaped here, so that none can be forgotten.</summary>
/// <param name="headers">The headers; one that ends in # is of numbers, one that ends in @ of times.</param>
internal sealed class HtmlTable(params string[] headers)
{
    private const int MostRows = 500;

    private readonly StringBuilder _rows = new();
    private int _count;

    /// <summary>Whether it has rows.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Adds a row; behind the five hundredth they are only counted.</summary>
    /// <param name="style">The style of the row's first cell: good, warn, bad or none.</param>
    /// <param name="cells">Its texts.</param>
    public void Add(string style, params ReadOnlySpan<string?> cells)
    {
        if (++_count > MostRows)
        {
            return;
        }

        _ = _rows.Append("<tr>");
        for (int i = 0; i < cells.Length; i++)
        {
            string kind = headers[i][^1] switch { '#' => "n", '@' => "t", _ => string.Empty };
            string names = $"{kind} {(i == 0 ? style : string.Empty)}".Trim();
            _ = _rows.Append(names.Length == 0 ? "<td>" : $"<td class=\"{names}\">").Append(MarkupText.Escape(cells[i])).Append("</td>");
        }

        _ = _rows.Append("</tr>\n");
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
        foreach (string header in headers)
        {
            _ = text.Append(header.EndsWith('#') ? "<th class=\"n\">" : "<th>").Append(MarkupText.Escape(header.TrimEnd('#', '@'))).Append("</th>");
        }

        _ = text.Append("</tr></thead>\n<tbody>\n").Append(_rows).Append("</tbody></table></div>\n");
        return _count <= MostRows ? text.ToString() : text.Append("<p class=\"soft\">").Append(_count - MostRows).Append(" more rows are left out.</p>\n").ToString();
    }
}
