using System.Globalization;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime;

/// <summary>Tells how an instance came to be in its state: back to when it was last in it, or to its start.</summary>
internal static class ReasonChain
{
    /// <summary>The longest chain that is told.</summary>
    public const int Most = 6;

    /// <summary>The chain, oldest first.</summary>
    /// <param name="latest">The last transitions of the instance, oldest first.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<VrrpTransition> latest)
    {
        if (latest.Count == 0)
        {
            return [];
        }

        var now = latest[^1].ToState;
        int first = latest.Count - 1;
        while (first > 0 && latest[first].FromState != now)
        {
            first--;
        }

        return [.. latest.Skip(first).TakeLast(Most).Select(Tell)];
    }

    private static string Tell(VrrpTransition step)
        => string.Create(CultureInfo.InvariantCulture, $"{step.Time:HH:mm:ss.fff} {step.FromState.Name()} -> {step.ToState.Name()}: {step.Reason}");
}
