using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class AdvertisementExpectationTests
{
    private static readonly AdvertisementExpectation V3 = new(VrrpVersion.V3, 41, Interval.OneSecond);
    private static readonly AdvertisementExpectation V2 = new(VrrpVersion.V2, 41, Interval.OneSecond);

    private static AdvertisementExpectation Password(string password)
    {
        Assert.True(AuthenticationData.TryCreate(password, out var data));
        return V2 with { AuthenticationType = AuthenticationType.SimpleText, AuthenticationData = data };
    }

    [Fact]
    [Conformance("9568-7.1-5", Polarity.Required)]
    [Conformance("3768-7.1", Polarity.Required)]
    public void What_is_configured_is_accepted()
    {
        Assert.Equal(DecodeErrorSet.Empty, Compare(V3, Samples.V3Rfc9568));
        Assert.Equal(DecodeErrorSet.Empty, Compare(V2, Samples.V2));
        Assert.Equal(DecodeErrorSet.Empty, Compare(Password("s3cret"), Samples.V2Password));
    }

    [Fact]
    [Conformance("9568-7.1-5", Polarity.Refused)]
    [Conformance("3768-7.1", Polarity.Refused)]
    public void Another_VRID_is_refused()
    {
        Assert.Equal(DecodeError.VirtualRouterIdMismatch, Check(V3 with { VirtualRouterId = 42 }, Samples.V3Rfc9568));
        Assert.Equal(DecodeError.VirtualRouterIdMismatch, Check(V2 with { VirtualRouterId = 42 }, Samples.V2));
    }

    [Fact]
    [Conformance("3768-7.1", Polarity.Refused)]
    public void Another_version_is_refused()
    {
        Assert.Equal(DecodeError.VersionMismatch, Check(V2, Samples.V3Rfc9568));
        Assert.Equal(DecodeError.VersionMismatch, Check(V3, Samples.V2));
    }

    [Fact]
    [Conformance("9568-8.4.2-3", Polarity.Refused)]
    public void Both_versions_are_heard_only_where_that_is_configured()
    {
        var both = V3 with { Version2Compatibility = true };
        Assert.Equal(DecodeError.None, Check(both, Samples.V2));
        Assert.Equal(DecodeError.None, Check(both, Samples.V3Rfc9568));
        Assert.Equal(DecodeError.AuthenticationTypeMismatch, Check(both, Samples.V2Password));
        Assert.Equal(DecodeError.VersionMismatch, Check(V3, Samples.V2));
        Assert.Equal(DecodeError.VersionMismatch, Check(V2 with { Version2Compatibility = true }, Samples.V3Rfc9568));
    }

    [Fact]
    public void The_seconds_of_version_2_are_compared_with_the_own_interval_rounded_up_and_never_discarded()
    {
        var both = V3 with { Version2Compatibility = true };
        var seconds = AdvertisementInterval(Samples.V2);
        Assert.Equal(DecodeErrorSet.Empty, Compare(both with { Interval = new Interval(seconds.Centiseconds - 50) }, Samples.V2));
        Assert.Equal(DecodeErrorSet.Empty.With(DecodeError.IntervalMismatch), Compare(both with { Interval = Interval.FromSeconds(40) }, Samples.V2));
        Assert.Equal(DecodeError.None, Check(both with { Interval = Interval.FromSeconds(40) }, Samples.V2));
    }

    private static Interval AdvertisementInterval(byte[] message) => Interval.FromSeconds(message[5]);

    [Fact]
    [Conformance("3768-7.1", Polarity.Refused)]
    public void Another_authentication_is_refused()
    {
        Assert.Equal(DecodeError.AuthenticationTypeMismatch, Check(V2, Samples.V2Password));
        Assert.Equal(DecodeError.AuthenticationTypeMismatch, Check(Password("s3cret"), Samples.V2));
        Assert.Equal(DecodeError.AuthenticationDataMismatch, Check(Password("S3cret"), Samples.V2Password));
        Assert.Equal(DecodeError.AuthenticationDataMismatch, Check(Password("s3cre"), Samples.V2Password));
        Assert.Equal(DecodeError.AuthenticationDataMismatch, Check(Password(""), Samples.V2Password));
        Assert.Equal(DecodeError.AuthenticationTypeMismatch, Check(Password("s3cret"), Samples.Sealed(Samples.V2Password.With(4, 2))));
    }

    [Fact]
    public void Authentication_data_without_a_type_is_ignored()
        => Assert.Equal(DecodeErrorSet.Empty, Compare(V2, Samples.Sealed(Samples.V2Password.With(4, 0))));

    [Fact]
    [Conformance("3768-7.1", Polarity.Refused)]
    public void Another_interval_is_refused_in_version_2()
        => Assert.Equal(DecodeError.IntervalMismatch, Check(V2, Samples.Sealed(Samples.V2.With(5, 2))));

    [Fact]
    [Conformance("9568-7.1-8", Polarity.Required)]
    [Conformance("9568-7.1-8", Polarity.Refused)]
    public void Another_interval_is_reported_but_not_refused_in_version_3()
    {
        byte[] message = Samples.Sealed(Samples.V3Rfc9568.With(5, 25));
        Assert.Equal(DecodeErrorSet.Empty.With(DecodeError.IntervalMismatch), Compare(V3, message));
        Assert.Equal(DecodeError.None, Check(V3, message));
    }

    [Fact]
    [Conformance("9568-7.1-9", Polarity.Required)]
    [Conformance("9568-7.1-9", Polarity.Refused)]
    public void Another_address_list_is_reported_but_not_refused()
    {
        byte[] v3 = Samples.Sealed(Samples.V3Rfc9568.With(11, 249));
        byte[] v2 = Samples.Sealed(Samples.V2.With(11, 249));
        Assert.Equal(DecodeErrorSet.Empty.With(DecodeError.AddressListMismatch), Compare(V3, v3));
        Assert.Equal(DecodeError.None, Check(V3, v3));
        Assert.Equal(DecodeErrorSet.Empty.With(DecodeError.AddressListMismatch), Compare(V2, v2));
        Assert.Equal(DecodeError.None, Check(V2, v2));
    }

    [Fact]
    [Conformance("3768-7.1", Polarity.Refused)]
    public void Another_address_list_is_refused_where_so_configured()
    {
        byte[] message = Samples.Sealed(Samples.V2.With(11, 249));
        Assert.Equal(DecodeError.AddressListMismatch, Check(V2 with { StrictAddressList = true }, message));
        Assert.Equal(DecodeError.None, Check(V2 with { StrictAddressList = true }, Samples.V2));
    }

    [Fact]
    [Conformance("9568-5.2.9-1", Polarity.Refused)]
    public void A_global_address_first_is_refused_where_so_configured()
    {
        byte[] message = Samples.Sealed6([.. Samples.V6[..8], .. Bytes.Hex("20010db8000000000000000000000045")]);
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(message, Samples.Metadata6, out var advertisement));
        var expectation = V3 with { VirtualRouterId = 45 };
        Assert.Equal(DecodeError.None, expectation.Check(advertisement, [Samples.Global6]));
        Assert.Equal(
            DecodeError.FirstAddressNotLinkLocal,
            (expectation with { StrictFirstAddress = true }).Check(advertisement, [Samples.Global6]));
    }

    [Theory]
    [InlineData("1,2,3", "1,2,3", true)]
    [InlineData("1,2,3", "3,1,2", true)]
    [InlineData("1,2,3", "1,2", false)]
    [InlineData("1,2", "1,2,3", false)]
    [InlineData("1,1,2", "1,2,2", false)]
    [InlineData("1,2,2", "1,1,2", false)]
    [InlineData("1,1", "1,2", false)]
    public void Address_lists_are_compared_in_any_order(string sent, string configured, bool same)
    {
        var list = Parse(sent);
        var header = new AdvertisementHeader(VrrpVersion.V3, 41, 100, Interval.OneSecond);
        byte[] buffer = new byte[64];
        AdvertisementWriter.TryWrite(buffer, header, list, Samples.Router, InetAddress.VrrpGroupV4, ChecksumStyle.Rfc9568, out int written);
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(buffer.AsSpan(0, written), Samples.Metadata4, out var advertisement));
        Assert.Equal(same, advertisement.HasSameAddresses(Parse(configured)));

        static InetAddress[] Parse(string text) => [.. text.Split(',').Select(host => InetAddress.Parse("192.0.2." + host))];
    }

    private static DecodeErrorSet Compare(AdvertisementExpectation expectation, byte[] message)
    {
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(message, Samples.Metadata4, out var advertisement));
        return expectation.Compare(advertisement, [Samples.Virtual]);
    }

    private static DecodeError Check(AdvertisementExpectation expectation, byte[] message)
    {
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(message, Samples.Metadata4, out var advertisement));
        return expectation.Check(advertisement, [Samples.Virtual]);
    }
}
