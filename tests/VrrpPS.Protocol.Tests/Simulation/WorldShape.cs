using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>What a seed says about a segment and its routers.</summary>
internal sealed class WorldShape
{
    private WorldShape(IReadOnlyList<NodeSettings> nodes, bool isCalm, long latency, long jitter, int duplicates)
    {
        Nodes = nodes;
        IsCalm = isCalm;
        Latency = latency;
        Jitter = jitter;
        DuplicatePercent = duplicates;
        LongestInterval = nodes.Max(node => node.Parameters.AdvertisementInterval.Nanoseconds);
        HasOneInterval = nodes.All(node => node.Parameters.AdvertisementInterval.Nanoseconds == LongestInterval);
        LongestDown = ElectionTimers.MasterDownInterval(Version, 1, new Interval((int)(LongestInterval / Interval.NanosecondsPerCentisecond)));
        HasForeign = nodes.Any(node => node.IsForeign);
    }

    public IReadOnlyList<NodeSettings> Nodes { get; }

    /// <summary>One action at a time and no loss, so that every promise can be held to the letter.</summary>
    public bool IsCalm { get; }

    public long Latency { get; }

    public long Jitter { get; }

    public int DuplicatePercent { get; }

    public long LongestInterval { get; }

    public bool HasOneInterval { get; }

    public bool HasForeign { get; }

    /// <summary>No Backup waits longer for its Master.</summary>
    public long LongestDown { get; }

    public VrrpVersion Version => Nodes[0].Parameters.Version;

    public int Addresses => Nodes[0].Parameters.AddressCount;

    public static WorldShape Random(SplitMix64 random, InjectedFault fault)
    {
        bool calm = random.Chance(65);
        var version = random.Chance(70) ? VrrpVersion.V3 : VrrpVersion.V2;
        var interval = new Interval(version == VrrpVersion.V3 ? random.Pick([1, 5, 10, 50, 100, 100, 100, 200, 400]) : random.Pick([100, 100, 200, 400]));
        bool mixed = version == VrrpVersion.V3 && interval.Centiseconds >= 50 && random.Chance(15);
        bool foreign = interval.Centiseconds >= 10 && random.Chance(20);
        bool leased = random.Chance(90);
        int addresses = random.Below(3) + 1;
        int style = random.Below(4);
        int preempt = random.Pick([100, 100, 50, 0]);
        var nodes = new NodeSettings[random.Pick([2, 2, 3, 3, 3, 4, 5, 6])];
        for (int i = 0; i < nodes.Length; i++)
        {
            var own = mixed && random.Chance(50) ? new Interval(interval.Centiseconds / 2) : interval;
            byte priority = style switch
            {
                0 => 100,
                1 => (byte)(200 - (i * 30)),
                2 => (byte)(random.Below(254) + 1),
                _ => i == 0 && fault == InjectedFault.None ? (byte)255 : (byte)(50 + (i * 20)),
            };
            nodes[i] = new NodeSettings(
                InetAddress.FromIPv4(0x0A000001 + (uint)(random.Below(250) * 8) + (uint)i),
                new RouterParameters
                {
                    Version = version,
                    Priority = priority,
                    AdvertisementInterval = own,
                    Preempt = random.Chance(preempt),
                    PreemptDelay = random.Chance(15) ? 3 * interval.Nanoseconds : 0,
                    StartupDelay = random.Chance(10) ? 5 * interval.Nanoseconds : 0,
                    AddressCount = addresses,
                    Phase = random.Chance(50) ? random.Between(0, own.Nanoseconds - 1) : null,
                    Lease = leased ? ElectionTimers.DefaultLease(own) : 0,
                    AnnouncementRepeats = [Instant.NanosecondsPerSecond],
                    AnnouncementRefresh = 5 * Instant.NanosecondsPerSecond,
                },
                IsForeign: foreign && random.Chance(40));
        }

        long latency = Math.Min(random.Between(50_000, 2_000_000), interval.Nanoseconds / 40);
        return new WorldShape(nodes, calm, latency, random.Between(0, latency), random.Pick([0, 0, 5]));
    }

    public SimulatedSegment MakeSegment(SplitMix64 random) => new(Nodes.Count, Latency, Jitter, random)
    {
        DuplicatePercent = DuplicatePercent,
        Reorders = !IsCalm,
    };

    public override string ToString()
        => $"{(IsCalm ? "calm" : "rough")} v{(int)Version} latency {Latency} ns jitter {Jitter} ns addresses {Addresses}: "
        + string.Join("; ", Nodes.Select((node, i) => $"#{i} {node.Address}{(node.IsForeign ? " foreign" : string.Empty)} priority {node.Parameters.Priority} "
            + $"interval {node.Parameters.AdvertisementInterval}{(node.Parameters.Preempt ? string.Empty : " nopreempt")} lease {node.Parameters.Lease / 1e9} s "
            + $"delay {node.Parameters.PreemptDelay / 1e9} s startup {node.Parameters.StartupDelay / 1e9} s"));
}
