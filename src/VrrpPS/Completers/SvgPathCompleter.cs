namespace VrrpPS.Completers;

/// <summary>Drawings.</summary>
public sealed class SvgPathCompleter : PathCompleter
{
    private protected override string[] Endings => [".svg"];
}
