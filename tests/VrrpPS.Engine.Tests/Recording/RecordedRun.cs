using System.Text;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Recording;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Tests.Election;

namespace VrrpPS.Engine.Tests.Recording;

/// <summary>A router with a random life, recorded as the engine does it.</summary>
internal sealed class RecordedRun
{
    private readonly RandomInputs _inputs;
    private readonly VirtualRouter _router;
    private readonly RouterRecording _recording;
    private readonly EffectBuffer _effects = new();

    public RecordedRun(RecordingChannel channel, int seed, string name = "web")
    {
        _inputs = new RandomInputs(seed);
        _router = new VirtualRouter(_inputs.Parameters);
        _recording = new RouterRecording(channel, TimeProvider.System, ConfigurationNamed(name));
    }

    public static InstanceConfiguration ConfigurationNamed(string name) => new()
    {
        Name = name,
        InterfaceName = "eth0",
        VirtualRouterId = 51,
        AddressFamily = AddressFamily.IPv4,
        VirtualAddresses = [new VirtualAddress(InetAddress.Parse("192.0.2.100"), 24)],
    };

    /// <summary>A recording of so many steps, as text.</summary>
    public static string Text(int seed, int steps)
    {
        using var wake = new EventFd();
        var channel = new RecordingChannel(wake);
        var run = new RecordedRun(channel, seed);
        using var lines = new RecordingLines();
        for (int i = 0; i < steps; i++)
        {
            run.Step();
            while (channel.Ring.Count > 0)
            {
                channel.Ring.Release(lines.Add(channel.Ring));
            }
        }

        return Encoding.UTF8.GetString(lines.Bytes);
    }

    public void Step()
    {
        var input = _inputs.Next(_router, out var now);
        _effects.Clear();
        _recording.Before(_router, now);
        _router.Step(input, now, _effects);
        _recording.After(input, now, _effects.Span);
    }
}
