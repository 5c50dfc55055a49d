using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Runtime;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Recording;

/// <summary>
/// Records one router, on its loop: copies of structures into a ring, nothing more. Whenever what was recorded before may be
/// missing - at the beginning, in a new file, after a loss - the state goes first.
/// </summary>
internal sealed class RouterRecording
{
    private readonly RecordingChannel _channel;
    private readonly TimeProvider _time;
    private readonly InstanceConfiguration _configuration;
    private readonly string _name;
    private int _generation;
    private long _lost;

    public RouterRecording(RecordingChannel channel, TimeProvider time, InstanceConfiguration configuration)
    {
        _channel = channel;
        _time = time;
        _configuration = configuration;
        _name = NameOf(new InstanceKey(configuration.Name, configuration.NetworkNamespace));
    }

    /// <summary>How an instance is called in a recording.</summary>
    public static string NameOf(InstanceKey key) => key.NetworkNamespace is { } networkNamespace ? $"{key.Name}@{networkNamespace}" : key.Name;

    /// <summary>A step is about to be made.</summary>
    public void Before(VirtualRouter router, Instant now)
    {
        int generation = _channel.Generation;
        if (_generation == generation || _channel.Ring.IsHalfFull)
        {
            return;
        }

        var header = new RecordingHeader(
            _name,
            now,
            _time.GetUtcNow(),
            _configuration.InterfaceName,
            _configuration.VirtualRouterId,
            _configuration.AddressFamily,
            _lost,
            router.Save());
        if (_channel.Ring.TryAdd(header))
        {
            _generation = generation;
            _lost = 0;
        }
    }

    /// <summary>A step was made.</summary>
    public void After(in Input input, Instant now, ReadOnlySpan<Effect> effects)
    {
        bool waited = _channel.Ring.IsHalfFull;
        if (_generation == 0 || !_channel.Ring.TryAdd(_name, now, input, effects))
        {
            // What follows makes no sense without this step: a header first.
            _generation = 0;
            _lost++;
            _channel.NoteLost();
        }
        else if (!waited && _channel.Ring.IsHalfFull)
        {
            _channel.Wake();
        }
    }
}
