using VrrpPS.Engine.Watch;
using VrrpPS.Protocol.Wire;
using Xunit;
using static VrrpPS.AdvertProblemCode;
using static VrrpPS.Engine.Tests.Watch.Said;

namespace VrrpPS.Engine.Tests.Watch;

/// <summary>B takes over from A in order, and differs in one thing.</summary>
public sealed class AdvertComparisonTests
{
    [Fact]
    public void Equal_speakers_have_no_problems() => Assert.Empty(Scenario.Last(A(0), B(4)));

    [Fact]
    public void Versions()
    {
        var b = B(4) with { Version = 2, Style = ObservedChecksumStyle.Single };
        Assert.Equal([VersionMismatch], Scenario.Last(A(0), b, b with { At = 5 }));
        Assert.Equal("10.0.0.2 speaks version 2, 10.0.0.1 version 3: neither hears the other.", Scenario.Text(A(0), b, b with { At = 5 }));

        // The other version may be in the next packet.
        Assert.Empty(Scenario.Last(A(0), b));
    }

    [Fact]
    public void A_router_that_speaks_both_versions_is_never_named()
    {
        var both = B(4) with { Version = 2, Style = ObservedChecksumStyle.Single };
        Assert.Empty(Scenario.Last(A(0), B(4) with { At = 3.999 }, both));
        Assert.Empty(Scenario.Last(A(0), both, B(4) with { At = 4.001 }));
        Assert.Empty(Scenario.Last(A(0) with { Version = 2, Style = ObservedChecksumStyle.Single }, B(4), both with { At = 4.001 }, B(5)));
    }

    [Fact]
    public void A_router_that_speaks_both_versions_is_understood()
        => Assert.Empty(Scenario.Last(
            A(0),
            A(0.001) with { Version = 2, Style = ObservedChecksumStyle.Single },
            A(1),
            A(1.001) with { Version = 2, Style = ObservedChecksumStyle.Single },
            B(5) with { Version = 2, Style = ObservedChecksumStyle.Single }));

    [Theory]
    [InlineData(2, "version 2 discards")]
    [InlineData(3, "a Backup follows")]
    public void Intervals(int version, string consequence)
    {
        var a = A(0) with { Version = version, Style = ObservedChecksumStyle.Single };
        var b = B(4) with { Version = version, Style = ObservedChecksumStyle.Single, Centiseconds = 200 };

        Assert.Equal([IntervalMismatch], Scenario.Last(a, b));
        Assert.Contains("interval of 2s, 10.0.0.1 one of 1s", Scenario.Text(a, b), StringComparison.Ordinal);
        Assert.Contains(consequence, Scenario.Text(a, b), StringComparison.Ordinal);
    }

    [Fact]
    public void Checksum_styles()
    {
        Assert.Equal([ChecksumStyleMismatch], Scenario.Last(A(0), B(4) with { Style = ObservedChecksumStyle.Rfc9568 }));
        Assert.Contains("message alone (RFC 9568)", Scenario.Text(A(0), B(4) with { Style = ObservedChecksumStyle.Rfc9568 }), StringComparison.Ordinal);
        Assert.Empty(Scenario.Last(A(0), B(4) with { Style = ObservedChecksumStyle.Either }));
        Assert.Empty(Scenario.Last(A(0), A(0.01) with { Style = ObservedChecksumStyle.Rfc9568 }, B(4) with { Style = ObservedChecksumStyle.Rfc9568 }));
    }

    [Fact]
    public void Address_lists()
    {
        var b = B(4) with { Addresses = ["10.0.0.100", "10.0.0.101"] };

        Assert.Equal([AddressListMismatch], Scenario.Last(A(0), b));
        Assert.Equal("10.0.0.2 and 10.0.0.1 advertise different addresses: only 10.0.0.2 has 10.0.0.101.", Scenario.Text(A(0), b));
        Assert.Empty(Scenario.Last(A(0) with { Addresses = ["10.0.0.101", "10.0.0.100"] }, b));
    }

    [Fact]
    public void A_long_difference_is_cut()
    {
        string[] many = [.. Enumerable.Range(1, 50).Select(static i => $"10.1.0.{i}")];

        Assert.EndsWith("10.1.0.4 and 46 more, only 10.0.0.1 has 10.0.0.100.", Scenario.Text(A(0), B(4) with { Addresses = many }), StringComparison.Ordinal);
    }

    [Fact]
    public void Authentication_never_shows_a_password()
    {
        var a = A(0) with { Version = 2, Style = ObservedChecksumStyle.Single, Authentication = AdvertAuthentication.SimpleText, Password = "secret1" };
        var b = a with { From = "10.0.0.2", At = 4 };

        Assert.Empty(Scenario.Last(a, b));
        Assert.Equal([AuthenticationMismatch], Scenario.Last(a, b with { Authentication = AdvertAuthentication.None, Password = "" }));
        Assert.Equal([AuthenticationMismatch], Scenario.Last(a, b with { Password = "secret2" }));
        Assert.Equal("10.0.0.2 and 10.0.0.1 use different passwords.", Scenario.Text(a, b with { Password = "secret2" }));
    }

    [Fact]
    public void Speakers_silent_for_long_are_not_compared()
        => Assert.Empty(Scenario.Last(A(0), B(700) with { Centiseconds = 200 }));

    [Fact]
    public void One_address_at_two_macs()
    {
        Assert.Equal([DuplicateSourceAddress], Scenario.Last(A(0) with { Mac = 0x02_0000_0000_01 }, A(0.5) with { Mac = 0x02_0000_0000_02 }));
        Assert.Contains("02:00:00:00:00:01", Scenario.Text(A(0) with { Mac = 0x0200_0000_0001 }, A(0.5) with { Mac = 0x0200_0000_0002 }), StringComparison.Ordinal);
        Assert.Equal([DuplicateSourceAddress], Scenario.Codes(A(0) with { Mac = 1 }, A(0.5) with { Mac = 2 }, A(1) with { Mac = 1 })[2]);
        Assert.DoesNotContain(DuplicateSourceAddress, Scenario.Last(A(0) with { Mac = 1 }, A(60) with { Mac = 2 }));
    }

    [Fact]
    public void An_own_packet_that_comes_back()
    {
        var sent = A(0) with { Direction = AdvertDirection.Sent };

        Assert.Equal([Reflected], Scenario.Last(sent, sent with { At = 0.001, Direction = AdvertDirection.Received }));
        Assert.Empty(Scenario.Last(sent, sent with { At = 1 }));
        Assert.Empty(Scenario.Last(sent with { Direction = AdvertDirection.Received }, A(1)));
    }

    [Fact]
    public void Packets_that_are_wrong_alone()
    {
        Assert.Equal([TimeToLive], Scenario.Last(A(0) with { Ttl = 254 }));
        Assert.Equal([BadChecksum], Scenario.Last(A(0) with { Style = ObservedChecksumStyle.Invalid }));
        Assert.Equal("The packet from 10.0.0.1 is unusable: it is on fire.", Scenario.Text(A(0) with { Malformed = "it is on fire" }));
    }

    [Fact]
    public void Foreign_virtual_routers()
    {
        var analyzer = new AdvertAnalyzer([10, 51]);

        Assert.Empty(analyzer.Observe(A(0).ToObservation()));
        var problem = Assert.Single(analyzer.Observe((A(0) with { Vrid = 52 }).ToObservation()));
        Assert.Equal(ForeignVirtualRouter, problem.Code);
        Assert.Contains("VRID 52 is none of those expected here (10, 51)", problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, 1, 8)]
    [InlineData(1000, 255, 512, 512 * 8)]
    public void Hostile_variety_does_not_cost_memory(int interfaces, int virtualRouters, int groups, int speakers)
    {
        var analyzer = new AdvertAnalyzer();
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            _ = analyzer.Observe(new Said(i * 0.001)
            {
                From = $"10.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}",
                Vrid = random.Next(1, virtualRouters + 1),
                Interface = $"eth{random.Next(interfaces)}",
                Priority = random.Next(256),
                Version = random.Next(2, 4),
            }.ToObservation());
        }

        Assert.Equal(groups, analyzer.GroupCount);
        Assert.InRange(analyzer.SpeakerCount, groups, speakers);
    }
}
