using System.Management.Automation;

namespace VrrpPS.Commands;

/// <summary>
/// Notices q, Escape and Ctrl+C at a terminal while a command runs that ends by being asked to. Ctrl+C taken as a key lets it end in good
/// order and still emit what it has; where there is no terminal nothing is noticed, and Ctrl+C stops the pipeline as ever.
/// </summary>
internal sealed class EndKeys : IDisposable
{
    private const string ConsoleHost = "ConsoleHost";

    private readonly bool _listens;
    private readonly bool _tookInterrupt;

    private EndKeys(bool listens, bool takeInterrupt)
    {
        _listens = listens;
        if (listens && takeInterrupt && !Console.TreatControlCAsInput)
        {
            Console.TreatControlCAsInput = true;
            _tookInterrupt = true;
        }
    }

    /// <summary>Whether one of the keys was pressed since the last look. Other keys are taken and forgotten.</summary>
    internal bool Pressed
    {
        get
        {
            while (_listens && Console.KeyAvailable)
            {
                var key = Console.ReadKey(intercept: true);
                if (key.Key is ConsoleKey.Q or ConsoleKey.Escape || key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control })
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Begins to listen, where somebody sits at a terminal.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="takeInterrupt">Whether Ctrl+C is one of the keys, too.</param>
    internal static EndKeys Watch(PSCmdlet cmdlet, bool takeInterrupt)
        => new(string.Equals(cmdlet.Host.Name, ConsoleHost, StringComparison.Ordinal) && !Console.IsInputRedirected && !Console.IsOutputRedirected, takeInterrupt);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_tookInterrupt)
        {
            Console.TreatControlCAsInput = false;
        }
    }
}
