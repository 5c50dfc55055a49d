using VrrpPS.Engine.Watch;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

/// <summary>Feeds a scenario to a fresh analyzer.</summary>
internal static class Scenario
{
    /// <summary>The codes of each advertisement, in order.</summary>
    public static AdvertProblemCode[][] Codes(params Said[] said)
    {
        var analyzer = new AdvertAnalyzer();
        return [.. said.Select(one => analyzer.Observe(one.ToObservation()).Select(static problem => problem.Code).ToArray())];
    }

    /// <summary>The codes of the last advertisement; those before must be flawless.</summary>
    public static AdvertProblemCode[] Last(params Said[] said)
    {
        var codes = Codes(said);
        Assert.All(codes[..^1], Assert.Empty);
        return codes[^1];
    }

    /// <summary>The only sentence about the last advertisement.</summary>
    public static string Text(params Said[] said)
    {
        var analyzer = new AdvertAnalyzer();
        foreach (var one in said[..^1])
        {
            _ = analyzer.Observe(one.ToObservation());
        }

        return Assert.Single(analyzer.Observe(said[^1].ToObservation())).Text;
    }
}
