using BenchmarkDotNet.Attributes;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.MicroBench;

/// <summary>Row 12: the work on one advertisement, as the engine does it.</summary>
public class CodecAndMachine
{
    private static readonly InetAddress[] s_addresses = [InetAddress.Parse("192.0.2.1")];

    private readonly AdvertisementExpectation _expectation = new(VrrpVersion.V3, 7, new Interval(10));
    private readonly EffectBuffer _effects = new();
    private readonly byte[] _message = new byte[AdvertisementWriter.GetLength(VrrpVersion.V3, AddressFamily.IPv4, 1)];
    private readonly InetAddress _source = InetAddress.Parse("192.0.2.200");
    private readonly AdvertisementHeader _header = new(VrrpVersion.V3, 7, 200, new Interval(10));
    private byte[] _packet = [];
    private VirtualRouter _backup = null!;
    private VirtualRouter _master = null!;
    private Instant _backupNow;
    private Instant _masterNow;
    private AdvertisementInfo _info;

    /// <summary>Makes what the engine has made long before.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var error = AdvertisementFrame.TryCreate(new AdvertisementFrameOptions { Header = _header, Source = _source }, s_addresses, out var frame);
        if (error != EncodeError.None)
        {
            throw new InvalidOperationException($"The frame cannot be built: {error}.");
        }

        _packet = frame!.Packet.ToArray();
        _info = new AdvertisementInfo(200, _source, new Interval(10));
        (_backup, _backupNow) = Start(100);
        _backup.Step(Input.Received(_info), _backupNow, _effects);
        (_master, _masterNow) = Start(100);
        _masterNow = _master.NextDeadline;
        _master.Step(Input.Tick(), _masterNow, _effects);
        if (_backup.State != RouterState.Backup || _master.State != RouterState.Master)
        {
            throw new InvalidOperationException($"The routers are {_backup.State} and {_master.State}.");
        }
    }

    /// <summary>From the IP packet to a judged advertisement.</summary>
    [Benchmark(Description = "decode and validate")]
    public int Decode()
    {
        var error = IPPacketReader.TryRead(_packet, out var ip);
        var problems = AdvertisementReader.Inspect(ip.Payload, ip.Metadata, out var advertisement);
        var differences = _expectation.Compare(advertisement, s_addresses);
        return error == DecodeError.None && problems.FirstDiscarding == DecodeError.None && _expectation.FirstDiscarding(differences) == DecodeError.None
            ? advertisement.Priority
            : throw new InvalidOperationException("It is refused.");
    }

    /// <summary>One message with its checksum, from its fields.</summary>
    [Benchmark(Description = "build")]
    public int Build()
        => AdvertisementWriter.TryWrite(_message, _header, s_addresses, _source, InetAddress.VrrpGroup(AddressFamily.IPv4), ChecksumStyle.PseudoHeader, out int length) == EncodeError.None
            ? length
            : throw new InvalidOperationException("It cannot be built.");

    /// <summary>A Backup hears its Master.</summary>
    [Benchmark(Description = "step: heard")]
    public int StepBackup()
    {
        _backupNow += 100 * Instant.NanosecondsPerMillisecond;
        _effects.Clear();
        _backup.Step(Input.Received(_info), _backupNow, _effects);
        return _effects.Count;
    }

    /// <summary>A Master's timer.</summary>
    [Benchmark(Description = "step: advertise")]
    public int StepMaster()
    {
        _masterNow += 100 * Instant.NanosecondsPerMillisecond;
        _effects.Clear();
        _master.Step(Input.Tick(), _masterNow, _effects);
        return _effects.Count;
    }

    private static (VirtualRouter Router, Instant Now) Start(byte priority)
    {
        var router = new VirtualRouter(new RouterParameters { Priority = priority, AdvertisementInterval = new Interval(10) });
        var now = Instant.Zero;
        var effects = new EffectBuffer();
        router.Step(Input.PrimaryAddressChanged(InetAddress.Parse("192.0.2.100")), now, effects);
        router.Step(Input.Startup(), now, effects);
        return (router, now);
    }
}
