using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Tests.Hostile;
using VrrpPS.Engine.Watch.Capture;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

public sealed class CaptureFuzzTests
{
    private static int Rounds => FuzzSettings.Count(30_000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Mutated_files_end_in_packets_or_in_the_one_error(int seed)
    {
        var random = new Random(seed);
        byte[][] corpus =
        [
            Pcap(false, false), Pcap(true, true), Pcapng(false), Pcapng(true), [.. Pcapng(true), .. Pcapng(false)],
        ];
        int rounds = Rounds;
        int damaged = 0;
        for (int round = 0; round < rounds; round++)
        {
            byte[] file = Mutate(corpus[random.Next(corpus.Length)], random);
            try
            {
                var (packets, error) = CaptureFiles.ReadUntilDamage(file);
                damaged += error is null ? 0 : 1;
                Assert.True(error is null || error.ErrorId == ErrorIds.CaptureUnreadable);
                Assert.True(packets.Sum(static p => p.Data.Length) <= file.Length, "packets hold more bytes than the file");
                foreach (var packet in packets)
                {
                    if (LinkLayer.TryRead(packet.LinkType, packet.Data.Span, out var link))
                    {
                        Assert.InRange(link.PayloadOffset, 0, packet.Data.Length);
                    }
                }
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"seed {seed}, round {round}: {e}\n{Convert.ToHexString(file)}");
            }
        }

        // Both outcomes must occur, or the mutations prove nothing.
        Assert.InRange(damaged, rounds / 10, rounds - (rounds / 10));
    }

    private static byte[] Pcap(bool bigEndian, bool nanoseconds) => new CaptureBytes(bigEndian).PcapHeader(nanoseconds, bigEndian ? 276 : 1)
        .PcapRecord(1, 2, new byte[60]).PcapRecord(3, 4, new byte[20]).ToArray();

    private static byte[] Pcapng(bool bigEndian) => new CaptureBytes(bigEndian).Section()
        .Interface(1, "eth0", resolution: 9).Interface(113, "any", offset: 5)
        .Enhanced(0, 1, new byte[60], flags: 1).Enhanced(1, 2, new byte[40]).Simple(new byte[15])
        .Block(2, static b => b.U16(0).U16(0).U32(0).U32(1).U32(4).U32(4).U32(7)).ToArray();

    private static byte[] Mutate(byte[] original, Random random)
    {
        byte[] file = [.. original];
        for (int edits = random.Next(4); edits > 0; edits--)
        {
            int at = random.Next(file.Length);
            file[at] = random.Next(3) switch { 0 => 0xFF, 1 => (byte)(file[at] ^ (1 << random.Next(8))), _ => (byte)random.Next(256) };
        }

        return random.Next(4) == 0 ? file[..random.Next(file.Length + 1)] : file;
    }
}
