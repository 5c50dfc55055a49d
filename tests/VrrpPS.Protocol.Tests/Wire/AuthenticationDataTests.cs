using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class AuthenticationDataTests
{
    [Theory]
    [InlineData("", "0000000000000000")]
    [InlineData("s3cret", "7333637265740000")]
    [InlineData("12345678", "3132333435363738")]
    [InlineData("\u00e4\u00f6\u00fc\u00df", "c3a4c3b6c3bcc39f")]
    [Conformance("3768-5.3.10", Polarity.Required)]
    public void A_password_is_padded_with_zeros(string password, string expected)
    {
        byte[] buffer = Bytes.Poisoned(10);
        Assert.True(AuthenticationData.TryCreate(password, out var data));
        data.Write(buffer);
        Assert.Equal([.. Bytes.Hex(expected), Bytes.Poison, Bytes.Poison], buffer);
        Assert.Equal(data, AuthenticationData.Read(buffer.AsSpan(0, 8)));
        Assert.Equal(password.Length == 0, data.IsEmpty);
    }

    [Theory]
    [InlineData("123456789")]
    [InlineData("\u00e4\u00f6\u00fc\u00df!")]
    [Conformance("3768-5.3.10", Polarity.Refused)]
    public void A_longer_password_is_refused_and_never_cut(string password)
    {
        Assert.False(AuthenticationData.TryCreate(password, out var data));
        Assert.True(data.IsEmpty);
        Assert.False(AuthenticationData.TryCreate(System.Text.Encoding.UTF8.GetBytes(password), out data));
        Assert.True(data.IsEmpty);
    }

    [Fact]
    public void The_text_form_never_shows_it()
    {
        Assert.True(AuthenticationData.TryCreate("s3cret", out var data));
        var header = new AdvertisementHeader(VrrpVersion.V2, 1, 1, Interval.OneSecond)
        {
            AuthenticationType = AuthenticationType.SimpleText,
            AuthenticationData = data,
        };
        var expectation = new AdvertisementExpectation(VrrpVersion.V2, 1, Interval.OneSecond) { AuthenticationData = data };
        foreach (string text in new[] { data.ToString(), header.ToString(), expectation.ToString() })
        {
            Assert.Contains("(hidden)", text, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
            Assert.DoesNotContain("7333", text, StringComparison.Ordinal);
        }
    }
}
