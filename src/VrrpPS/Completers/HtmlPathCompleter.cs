namespace VrrpPS.Completers;

/// <summary>Pages.</summary>
public sealed class HtmlPathCompleter : PathCompleter
{
    private protected override string[] Endings => [".html", ".htm"];
}
