using System.Text;
using Xunit;

namespace VrrpPS.Protocol.Tests;

/// <summary>The text of an address: one form only, the framework's own.</summary>
public sealed class InetAddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.10")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("2001:db8:1111:2222:3333:4444:5555:6666")]
    [InlineData("::ffff:192.0.2.1")]
    public void Text_is_the_frameworks_however_it_is_asked_for(string text)
    {
        var address = InetAddress.Parse(text);
        Span<char> characters = stackalloc char[45];
        Span<byte> bytes = stackalloc byte[45];

        Assert.Equal(System.Net.IPAddress.Parse(text).ToString(), address.ToString());
        Assert.Equal($"<{address.ToString()}>", $"<{address}>");
        Assert.True(address.TryFormat(characters, out int charsWritten, format: default, provider: null));
        Assert.Equal(address.ToString(), characters[..charsWritten].ToString());
        Assert.True(address.TryFormat(bytes, out int bytesWritten, format: default, provider: null));
        Assert.Equal(address.ToString(), Encoding.UTF8.GetString(bytes[..bytesWritten]));
    }

    [Theory]
    [InlineData("192.0.2.10")]
    [InlineData("2001:db8::1")]
    public void Too_little_room_is_said_and_nothing_counts_as_written(string text)
    {
        var address = InetAddress.Parse(text);

        Assert.False(address.TryFormat(stackalloc char[text.Length - 1], out int charsWritten, format: default, provider: null));
        Assert.False(address.TryFormat(stackalloc byte[text.Length - 1], out int bytesWritten, format: default, provider: null));
        Assert.Equal((0, 0), (charsWritten, bytesWritten));
        Assert.True(address.TryFormat(stackalloc char[text.Length], out _, format: default, provider: null));
    }

    [Fact]
    public void No_address_has_no_text()
    {
        Assert.Empty(default(InetAddress).ToString());
        Assert.Equal("<>", $"<{default(InetAddress)}>");
        Assert.True(default(InetAddress).TryFormat(Span<byte>.Empty, out int written, format: default, provider: null));
        Assert.Equal(0, written);
    }
}
