namespace VrrpPS.Engine.Watch;

/// <summary>Collects what is wrong with one packet: each code once, in order of the codes, which is that of gravity.</summary>
internal sealed class AdvertFindings
{
    private readonly List<AdvertProblem> _problems = [];

    public bool Has(AdvertProblemCode code) => _problems.Exists(problem => problem.Code == code);

    public void Add(AdvertProblemCode code, string text)
    {
        if (!Has(code))
        {
            _problems.Add(new AdvertProblem(code, text));
        }
    }

    public IReadOnlyList<AdvertProblem> ToList()
        => _problems.Count < 2 ? _problems : [.. _problems.OrderBy(static problem => problem.Code)];
}
