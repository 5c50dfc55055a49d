using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Linux;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>
/// The kernel is trusted, a damaged or future message is not: events, dumps and acknowledgements of any bytes end in a value or
/// are passed over, and never read beyond their datagram.
/// </summary>
public sealed class NetlinkFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Damaged_messages_do_no_harm()
    {
        output.WriteLine($"VRRPPS_FUZZ_SEED={FuzzSettings.Seed}");
        var random = new Random(FuzzSettings.Seed);
        byte[][] corpus = Corpus();
        int count = FuzzSettings.Count(200_000);
        int understood = 0;
        int passedOver = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] datagram = Mutate(corpus, random);
            try
            {
                ReadOnlySpan<byte> rest = datagram;
                for (int before = rest.Length; NetlinkMessage.TryRead(ref rest, out var message); before = rest.Length)
                {
                    Assert.True(rest.Length < before, "A message must shorten the datagram.");
                    if (NetlinkMonitor.TryInterpret(message, out var change))
                    {
                        understood++;
                        _ = change.ToString();
                        _ = change.Name.ToString();
                    }
                    else
                    {
                        passedOver++;
                    }

                    _ = AddressRequests.TryRead(message.Payload, out _);
                    _ = LinkRequests.TryRead(message.Payload, out _);
                }
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"VRRPPS_FUZZ_SEED={FuzzSettings.Seed}, datagram {i}: {exception}\n{Convert.ToHexString(datagram)}");
            }
        }

        output.WriteLine($"{understood} understood, {passedOver} passed over");
        Assert.True(understood > count / 4 && passedOver > count / 20, "The mutations do not reach both outcomes.");
    }

    [Fact]
    public void Damaged_acknowledgements_do_no_harm()
    {
        var random = new Random(FuzzSettings.Seed);
        output.WriteLine($"VRRPPS_FUZZ_SEED={FuzzSettings.Seed}");
        int refused = 0;
        for (int i = 0; i < FuzzSettings.Count(50_000); i++)
        {
            // The damaged answer first, then a good one: what cannot be read is passed over.
            using var connection = new NetlinkConnection(new FakeKernel(request =>
            {
                uint sequence = FakeKernel.Sequences(request)[0];
                return [Mutate([FakeKernel.Acknowledge(sequence, 22, "Invalid prefix length")], random), FakeKernel.Acknowledge(sequence)];
            }));
            connection.Reset();
            connection.Begin(NetlinkNumbers.RTM_NEWADDR, NetlinkNumbers.NLM_F_ACK);
            connection.Writer.Structure(default(AddressMessage));
            connection.Writer.End();
            try
            {
                connection.Execute("bind an address");
            }
            catch (NetlinkException exception)
            {
                refused++;
                Assert.Contains("bind an address", exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.True(refused > 1000, $"Only {refused} answers could be read.");
    }

    private static byte[] Mutate(byte[][] corpus, Random random)
    {
        byte[] bytes = [.. corpus[random.Next(corpus.Length)]];
        for (int edits = random.Next(4); edits > 0 && bytes.Length > 0; edits--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] = (byte)(random.Next(2) * 255);
                    break;
                case 3:
                    bytes = bytes[..at];
                    break;
                default:
                    bytes = [.. bytes[..at], .. corpus[random.Next(corpus.Length)]];
                    break;
            }
        }

        return bytes;
    }

    private static byte[][] Corpus()
    {
        var writer = new NetlinkMessageWriter();
        var messages = new List<byte[]>();
        foreach (ushort type in (ushort[])[NetlinkNumbers.RTM_NEWLINK, NetlinkNumbers.RTM_DELLINK])
        {
            writer.Reset();
            writer.Begin(type, 0, 7);
            writer.Structure(new InterfaceMessage { Index = 3, Flags = 0x11043 });
            writer.Attribute(NetlinkNumbers.IFLA_IFNAME, "eth0");
            writer.Attribute(NetlinkNumbers.IFLA_MTU, 1500u);
            writer.Attribute(NetlinkNumbers.IFLA_OPERSTATE, (byte)6);
            writer.Attribute(NetlinkNumbers.IFLA_ADDRESS, [2, 0, 0, 0, 0, 1]);
            int info = writer.BeginNested(NetlinkNumbers.IFLA_LINKINFO);
            writer.Attribute(NetlinkNumbers.IFLA_INFO_KIND, "veth");
            writer.EndNested(info);
            writer.End();
            messages.Add(writer.Written.ToArray());
        }

        foreach (string address in (string[])["192.0.2.1", "2001:db8::1"])
        {
            using var connection = new NetlinkConnection(new FakeKernel(static _ => []));
            connection.Reset();
            AddressRequests.WriteNew(
                connection,
                new AddressAssignment(3, InetAddress.Parse(address), 24) { Protocol = AddressProtocol.VrrpPS },
                NetlinkNumbers.NLM_F_CREATE);
            messages.Add(connection.Writer.Written.ToArray());
        }

        return [.. messages, [.. messages.SelectMany(static message => message)]];
    }
}
