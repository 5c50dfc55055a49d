using System.Text.Json;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Tests.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>A recording is all it takes to see again what a router did.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void A_recording_replays_exactly(ulong seed)
    {
        var recorder = new Recorder();
        new Scenario(new World(seed, new WorldOptions { Recorder = recorder })).Run();
        int compared = Replay(recorder.ToString(), (line, expected, actual) => Assert.Equal(expected, actual));
        Assert.True(compared > 100, $"Only {compared} lines were compared.");
    }

    [Fact]
    public void A_replay_notices_another_answer()
    {
        var recorder = new Recorder();
        new Scenario(new World(1, new WorldOptions { Recorder = recorder })).Run();
        string tampered = recorder.ToString().Replace("\"priority\":0,", "\"priority\":1,", StringComparison.Ordinal);
        int different = 0;
        Replay(tampered, (line, expected, actual) => different += expected.SequenceEqual(actual) ? 0 : 1);
        Assert.NotEqual(0, different);
    }

    private static int Replay(string recording, Action<string, string[], string[]> compare)
    {
        var routers = new Dictionary<int, VirtualRouter?>();
        var effects = new EffectBuffer();
        int compared = 0;
        foreach (string text in recording.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var document = JsonDocument.Parse(text);
            var line = document.RootElement;
            int node = line.GetProperty("node").GetInt32();
            if (line.TryGetProperty("parameters", out var parameters))
            {
                routers[node] = parameters.GetProperty("foreign").GetBoolean() ? null : new VirtualRouter(Read(parameters));
                continue;
            }

            if (routers[node] is not { } router)
            {
                continue;
            }

            effects.Clear();
            router.Step(RecordedInput.Read(line), new Instant(line.GetProperty("at").GetInt64()), effects);
            compare(
                text,
                line.GetProperty("effects").EnumerateArray().Select(effect => effect.GetString()!).ToArray(),
                effects.Span.ToArray().Select(effect => EffectText.Of(effect)).ToArray());
            compared++;
        }

        return compared;
    }

    private static RouterParameters Read(JsonElement parameters) => new()
    {
        Version = (VrrpVersion)parameters.GetProperty("version").GetInt32(),
        Priority = parameters.GetProperty("priority").GetByte(),
        AdvertisementInterval = new Interval(parameters.GetProperty("interval").GetInt32()),
        Preempt = parameters.GetProperty("preempt").GetBoolean(),
        PreemptDelay = parameters.GetProperty("preemptDelay").GetInt64(),
        StartupDelay = parameters.GetProperty("startupDelay").GetInt64(),
        AddressCount = parameters.GetProperty("addresses").GetInt32(),
        Lease = parameters.GetProperty("lease").GetInt64(),
        Phase = parameters.TryGetProperty("phase", out var phase) ? phase.GetInt64() : null,
        AnnouncementRepeats = parameters.GetProperty("repeats").EnumerateArray().Select(repeat => repeat.GetInt64()).ToArray(),
        AnnouncementRefresh = parameters.GetProperty("refresh").GetInt64(),
    };
}
