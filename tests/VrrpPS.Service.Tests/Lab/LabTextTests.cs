using VrrpPS.Tool.Lab;
using Xunit;

namespace VrrpPS.Service.Tests.Lab;

public sealed class LabTextTests
{
    [Theory]
    [InlineData("vrrpps-lab-123.4567-node1", "123.4567")]
    [InlineData("vrrpps-lab-9.1-lan", "9.1")]
    public void A_lab_name_gives_its_owner(string name, string expected)
    {
        Assert.True(LabNames.TryGetOwner(name, out var owner));
        Assert.Equal(expected, owner.ToString());
    }

    [Theory]
    [InlineData("blue")]
    [InlineData("vrrpps-lab--node1")]
    [InlineData("vrrpps-lab-12x.1-node1")]
    [InlineData("vrrpps-lab-123-node1")]
    [InlineData("vrrpps-lab-123.-node1")]
    [InlineData("vrrpps-lab-123.4")]
    [InlineData("my-vrrpps-lab-123.4-node1")]
    public void Other_names_do_not(string name) => Assert.False(LabNames.TryGetOwner(name, out _));

    [Fact]
    public void Own_names_are_recognized()
    {
        Assert.True(LabNames.TryGetOwner(LabNames.Of("node1"), out var owner));
        Assert.Equal(Environment.ProcessId, owner.ProcessId);
        Assert.True(owner.IsAlive);
    }

    [Fact]
    public void A_lab_is_found_in_a_process_s_arguments()
    {
        Assert.True(LabNames.TryFindOwner("vrrpps\0run\0--namespace\0vrrpps-lab-77.8-node2\0", out var owner));
        Assert.Equal(new LabOwner(77, 8), owner);
    }

    [Fact]
    public void Another_process_with_the_owner_s_number_is_not_the_owner()
    {
        Assert.False((LabOwner.Current with { StartTime = LabOwner.Current.StartTime - 1 }).IsAlive);
        Assert.False(new LabOwner(int.MaxValue, LabOwner.Current.StartTime).IsAlive);
    }

    [Fact]
    public void No_line_of_the_story_is_wider_than_80_columns()
    {
        using var output = new StringWriter();
        var timeline = new LabTimeline(output, TimeProvider.System);
        var text = string.Join(' ', Enumerable.Repeat("word", 60));

        timeline.Event(TimeSpan.FromSeconds(12.345), "node1", text);
        timeline.Result("a result", text);

        var lines = output.ToString().Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.StartsWith("  +12.345 s  node1", lines[0], StringComparison.Ordinal);
        Assert.Equal(120, output.ToString().Split("word").Length - 1);
    }

    [Fact]
    public void An_echo_request_has_a_valid_checksum_and_its_reply_is_recognized()
    {
        var message = Enumerable.Repeat((byte)0xA5, IcmpEcho.Length).ToArray();
        IcmpEcho.WriteRequest(message, 0x1234, 0xFFFE);

        // RFC 1071: the sum of everything including the checksum is all ones.
        var sum = 0;
        for (var i = 0; i < message.Length; i += 2)
        {
            sum += (message[i] << 8) | message[i + 1];
        }

        Assert.Equal(0xFFFF, (sum & 0xFFFF) + (sum >> 16));

        byte[] packet = [0x45, .. new byte[19], .. message];
        Assert.False(IcmpEcho.TryReadReply(packet, 0x1234, out _));
        packet[20] = 0;
        Assert.True(IcmpEcho.TryReadReply(packet, 0x1234, out var sequence));
        Assert.Equal(0xFFFE, sequence);
        Assert.False(IcmpEcho.TryReadReply(packet, 0x4321, out _));
        Assert.False(IcmpEcho.TryReadReply(packet.AsSpan(0, 27), 0x1234, out _));
        Assert.False(IcmpEcho.TryReadReply([], 0x1234, out _));
    }
}
