using System.Globalization;

namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>
/// How long fuzzing takes: <c>VRRPPS_FUZZ_COUNT</c> asks for more (millions), <c>VRRPPS_FUZZ_SEED</c> repeats a run.
/// </summary>
internal static class FuzzSettings
{
    public static int Seed { get; } = FromEnvironment("VRRPPS_FUZZ_SEED", Random.Shared.Next());

    public static int Count(int usual) => FromEnvironment("VRRPPS_FUZZ_COUNT", usual);

    private static int FromEnvironment(string name, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
