using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>A client that looks for the virtual address: the Master answers, the Backup never does.</summary>
[Trait("Lane", "Namespace")]
public sealed class ReachabilityTests
{
    private const string Ping = "/usr/bin/ping";

    [Fact]
    [Conformance("9568-6.4.2-1", Polarity.Required)]
    [Conformance("9568-6.4.2-5", Polarity.Required)]
    [Conformance("9568-6.4.3-1", Polarity.Required, NoCounterCase = "that a Backup does not answer is 9568-6.4.2-1")]
    [Conformance("9568-6.4.3-6", Polarity.Required)]
    public Task The_Master_alone_answers_for_an_IPv4_address() => TheMasterAloneAnswers(AddressFamily.IPv4, Cluster.Vip);

    [Fact]
    [Conformance("9568-6.4.2-2", Polarity.Required)]
    [Conformance("9568-6.4.2-5", Polarity.Required)]
    [Conformance("9568-6.4.3-2", Polarity.Required, NoCounterCase = "that a Backup is not in the group is 9568-6.4.2-2")]
    public Task The_Master_alone_answers_for_an_IPv6_address() => TheMasterAloneAnswers(AddressFamily.IPv6, Cluster.Vip6);

    [Fact]
    [Conformance("9568-6.4.2-1", Polarity.Refused)]
    [Conformance("9568-6.4.2-5", Polarity.Refused)]
    public Task Without_a_Master_nobody_answers_for_an_IPv4_address() => NobodyAnswers(AddressFamily.IPv4, Cluster.Vip);

    [Fact]
    [Conformance("9568-6.4.2-2", Polarity.Refused)]
    public Task Without_a_Master_nobody_answers_for_an_IPv6_address() => NobodyAnswers(AddressFamily.IPv6, Cluster.Vip6);

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    [Conformance("9568-7.2-4", Polarity.Refused)]
    public async Task Virtual_address_is_never_sent_from(AddressFamily family)
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        var own = family == AddressFamily.IPv4 ? host.IPv4 : host.LinkLocal;
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200, family));
        cluster.WaitFor(0, RouterState.Master, family);

        // The link bounces: whatever is read anew then, the virtual addresses are among it.
        host.SetLink(up: false);
        cluster.WaitFor(0, RouterState.Fault, family);
        host.SetLink(up: true);
        cluster.WaitFor(0, RouterState.Master, family);
        _ = tap.WaitForCount(static frame => frame.Kind == SeenKind.Advertisement, 5, "advertisement", tap.Count);
        Assert.All(tap.Advertisements(0), frame => Assert.Equal(own, frame.Source));
    }

    private static async Task TheMasterAloneAnswers(AddressFamily family, string vip)
    {
        Assert.SkipUnless(File.Exists(Ping), "ping is not installed");
        using var cluster = new Cluster(3);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200, family));
        cluster.WaitFor(0, RouterState.Master, family);
        await cluster.StartAsync(1, cluster.Configuration(1, 100, family));
        var (exitCode, output) = cluster.Network[2].Execute(Ping, string.Empty, "-n", "-c", "1", "-W", "5", vip);
        Assert.True(exitCode == 0, output);
        var answer = tap.WaitFor(frame => Answers(frame, vip), "an answer");
        Assert.Equal((0, cluster.Network[0].MacAddress), (answer.Host, answer.SourceMac));
        Assert.DoesNotContain(tap.Frames, frame => frame.Host == 1 && Answers(frame, vip));
    }

    private static async Task NobodyAnswers(AddressFamily family, string vip)
    {
        Assert.SkipUnless(File.Exists(Ping), "ping is not installed");
        using var cluster = new Cluster(2);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200, family) with { StartupDelay = TimeSpan.FromHours(1) });
        var (exitCode, _) = cluster.Network[1].Execute(Ping, string.Empty, "-n", "-c", "1", "-W", "1", vip);
        Assert.NotEqual(0, exitCode);
        Assert.Equal(RouterState.Backup, cluster.State(0, family).State);
        Assert.DoesNotContain(tap.Frames, frame => Answers(frame, vip));
    }

    /// <summary>An ARP reply or a solicited neighbour advertisement for the address.</summary>
    private static bool Answers(SeenFrame frame, string vip)
    {
        var payload = frame.Bytes.AsSpan(14);
        return ArpMessage.TryRead(payload, out var arp) == DecodeError.None && frame.Bytes[12] == 0x08 && frame.Bytes[13] == 0x06
            ? arp.Operation == ArpOperation.Reply && !arp.IsGratuitous && arp.SenderAddress == InetAddress.Parse(vip)
            : NeighborAdvertisement.TryRead(payload, out var neighbor) == DecodeError.None && neighbor.IsSolicited && neighbor.Target == InetAddress.Parse(vip);
    }
}
