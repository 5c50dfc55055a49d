using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

public sealed class VirtualAddressTests
{
    [Theory]
    [InlineData("192.0.2.1/24", "192.0.2.1/24")]
    [InlineData("192.0.2.1", "192.0.2.1/32")]
    [InlineData("2001:DB8::1", "2001:db8::1/128")]
    [InlineData(" fe80::1/64 ", "fe80::1/64")]
    public void Reads(string text, string canonical) => Assert.Equal(canonical, VirtualAddress.Parse(text).ToString());

    [Theory]
    [InlineData(null, ErrorIds.InvalidAddress)]
    [InlineData("", ErrorIds.InvalidAddress)]
    [InlineData("/24", ErrorIds.InvalidAddress)]
    [InlineData("192.0.2/24", ErrorIds.InvalidAddress)]
    [InlineData("192.0.2.256/24", ErrorIds.InvalidAddress)]
    [InlineData("fe80::1%eth0/64", ErrorIds.InvalidAddress)]
    [InlineData("vip.example.net", ErrorIds.InvalidAddress)]
    [InlineData("192.0.2.1/33", ErrorIds.InvalidPrefixLength)]
    [InlineData("192.0.2.1/0", ErrorIds.InvalidPrefixLength)]
    [InlineData("192.0.2.1/", ErrorIds.InvalidPrefixLength)]
    [InlineData("192.0.2.1/-1", ErrorIds.InvalidPrefixLength)]
    [InlineData("192.0.2.1/255.255.255.0", ErrorIds.InvalidPrefixLength)]
    [InlineData("2001:db8::1/129", ErrorIds.InvalidPrefixLength)]
    public void Refuses(string? text, string errorId)
    {
        var error = Assert.Throws<VrrpException>(() => VirtualAddress.Parse(text));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_both_families_shows_the_two_commands()
    {
        var error = Assert.Throws<VrrpException>(() => VirtualAddressList.Parse(["192.0.2.1/24", "2001:db8::1/64", "192.0.2.2"], "eth0", 41));
        Assert.Equal(ErrorIds.MixedAddressFamily, error.ErrorId);
        Assert.Contains("'Start-VrrpInstance -InterfaceName eth0 -VirtualRouterId 41 -VirtualIPAddress 192.0.2.1/24,192.0.2.2/32'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Start-VrrpInstance -InterfaceName eth0 -VirtualRouterId 41 -VirtualIPAddress 2001:db8::1/64'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_one_family_keeps_its_order()
        => Assert.Equal("192.0.2.9/24, 192.0.2.1/32", VirtualAddressList.Parse(["192.0.2.9/24", "192.0.2.1"]).ToString());
}
