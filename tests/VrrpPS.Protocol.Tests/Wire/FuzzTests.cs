using System.Globalization;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

/// <summary>
/// A million hostile frames: no exception, no allocation, every check reached. <c>VRRPPS_FUZZ_SEED</c> repeats a run,
/// <c>VRRPPS_FUZZ_COUNT</c> makes it longer.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void A_million_hostile_frames_do_no_harm()
    {
        int seed = FromEnvironment("VRRPPS_FUZZ_SEED", Random.Shared.Next());
        int count = FromEnvironment("VRRPPS_FUZZ_COUNT", 1_000_000);
        output.WriteLine($"VRRPPS_FUZZ_SEED={seed} VRRPPS_FUZZ_COUNT={count}");

        // What runs for the first time may allocate.
        var warmUp = new PacketExerciser();
        _ = Run(new PacketFuzzer(1), warmUp, 20_000);

        var fuzzer = new PacketFuzzer(seed);
        var exerciser = new PacketExerciser();
        long before = GC.GetAllocatedBytesForCurrentThread();
        var (reached, done, failure) = Run(fuzzer, exerciser, count);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        output.WriteLine($"{exerciser.Accepted} accepted, digest {exerciser.Digest:x}");
        Assert.True(failure is null, $"VRRPPS_FUZZ_SEED={seed}, frame {done}: {failure}");
        Assert.True(allocated == 0, $"VRRPPS_FUZZ_SEED={seed}: {allocated} bytes were allocated.");
        Assert.True(exerciser.Accepted > count / 100, $"Only {exerciser.Accepted} frames were good enough to test anything behind the checks.");
        var missed = Enum.GetValues<DecodeError>().Where(error => error != DecodeError.None && !reached.Contains(error)).ToArray();
        Assert.True(missed.Length == 0, $"VRRPPS_FUZZ_SEED={seed}: never reached {string.Join(", ", missed)}.");
    }

    [Fact]
    public void A_seed_replays()
    {
        var first = new PacketFuzzer(42);
        var second = new PacketFuzzer(42);
        for (int i = 0; i < 1000; i++)
        {
            Assert.True(first.Next().SequenceEqual(second.Next()));
        }
    }

    private static (DecodeErrorSet Reached, int Done, Exception? Failure) Run(PacketFuzzer fuzzer, PacketExerciser exerciser, int count)
    {
        var reached = DecodeErrorSet.Empty;
        int done = 0;
        try
        {
            for (; done < count; done++)
            {
                reached = reached.With(exerciser.Exercise(fuzzer.Next()));
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return (reached, done, exception);
        }

        return (reached, done, null);
    }

    private static int FromEnvironment(string name, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
