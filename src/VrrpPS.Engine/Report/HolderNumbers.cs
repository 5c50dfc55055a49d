namespace VrrpPS.Engine.Report;

/// <summary>Numbers the routers in the order in which they are met, so that each keeps its letter and its colour.</summary>
internal sealed class HolderNumbers
{
    private readonly List<string> _names = [];

    public IReadOnlyList<string> Names => _names;

    /// <summary>The number of a router; a new one gets the next.</summary>
    public int Of(string name)
    {
        int index = _names.IndexOf(name);
        if (index < 0)
        {
            index = _names.Count;
            _names.Add(name);
        }

        return index;
    }
}
