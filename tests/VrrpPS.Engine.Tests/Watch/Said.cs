using VrrpPS.Engine.Watch;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

/// <summary>An advertisement in a scenario: node A (10.0.0.1), priority 100, version 3, one second, unless said otherwise.</summary>
internal sealed record Said(double At)
{
    public string From { get; init; } = "10.0.0.1";

    public int Priority { get; init; } = 100;

    public int Version { get; init; } = 3;

    public int Vrid { get; init; } = 51;

    public int Centiseconds { get; init; } = 100;

    public string[] Addresses { get; init; } = ["10.0.0.100"];

    public ObservedChecksumStyle Style { get; init; } = ObservedChecksumStyle.PseudoHeader;

    public AdvertAuthentication Authentication { get; init; }

    public string Password { get; init; } = string.Empty;

    public byte Ttl { get; init; } = 255;

    public ulong? Mac { get; init; }

    public string Interface { get; init; } = "eth0";

    public int? Vlan { get; init; }

    public AdvertDirection Direction { get; init; }

    public string? Malformed { get; init; }

    public static Said A(double at, int priority = 100) => new(at) { Priority = priority };

    public static Said B(double at, int priority = 100) => new(at) { From = "10.0.0.2", Priority = priority };

    public AdvertObservation ToObservation()
    {
        var source = InetAddress.Parse(From);
        Assert.True(AuthenticationData.TryCreate(Password, out var data));
        return new AdvertObservation
        {
            Time = new Instant((long)(At * 1e9)),
            InterfaceName = Interface,
            VlanId = Vlan,
            Direction = Direction,
            SourceMac = new MacAddress(Mac ?? (0x0200_0000_0000UL | (uint)From.GetHashCode(StringComparison.Ordinal))),
            Source = source,
            Destination = InetAddress.VrrpGroup(source.Family),
            TimeToLive = Ttl,
            Version = Version,
            VirtualRouterId = (byte)Vrid,
            Priority = (byte)Priority,
            Interval = new Interval(Centiseconds),
            Addresses = [.. Addresses.Select(InetAddress.Parse)],
            Authentication = Authentication,
            AuthenticationData = data,
            ChecksumStyle = Style,
            ChecksumValid = Style != ObservedChecksumStyle.Invalid,
            Malformed = Malformed,
        };
    }
}
