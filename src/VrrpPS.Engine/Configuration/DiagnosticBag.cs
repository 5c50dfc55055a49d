namespace VrrpPS.Engine.Configuration;

/// <summary>Collects findings; bounded, because hostile input can make one per byte.</summary>
internal sealed class DiagnosticBag
{
    /// <summary>More findings than anyone reads.</summary>
    public const int Limit = 1000;

    private readonly List<ConfigurationDiagnostic> _items = [];

    private bool _hasLoss;

    public bool IsFull => _items.Count >= Limit;

    public bool HasErrors { get; private set; }

    public void Error(SourcePosition at, string code, string message) => Add(at, ConfigurationSeverity.Error, code, message, isLoss: false);

    public void Warning(SourcePosition at, string code, string message) => Add(at, ConfigurationSeverity.Warning, code, message, isLoss: false);

    public void Information(SourcePosition at, string code, string message) => Add(at, ConfigurationSeverity.Information, code, message, isLoss: false);

    /// <summary>Something that changes the election, the addresses or the authentication is not carried over.</summary>
    public void Loss(SourcePosition at, string message) => Add(at, ConfigurationSeverity.Warning, ConfigurationCodes.Partial, message, isLoss: true);

    /// <summary>The findings file by file in the order they were opened, each from top to bottom.</summary>
    public VrrpList<ConfigurationDiagnostic> ToList()
    {
        var files = _items.Select(d => d.File).Distinct(StringComparer.Ordinal).ToList();
        return _items.OrderBy(d => files.IndexOf(d.File)).ThenBy(d => d.Line).ThenBy(d => d.Column).ToVrrpList();
    }

    private void Add(SourcePosition at, ConfigurationSeverity severity, string code, string message, bool isLoss)
    {
        bool isError = severity == ConfigurationSeverity.Error;

        // In a flood the first error and the first loss still get in: they decide whether the configuration may run.
        if (IsFull && !(isError && !HasErrors) && !(isLoss && !_hasLoss))
        {
            return;
        }

        _hasLoss |= isLoss;
        HasErrors |= isError;
        _items.Add(new ConfigurationDiagnostic(at.File, at.Line, at.Column, severity, code, message) { IsLoss = isLoss });
    }
}
