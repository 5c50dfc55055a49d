using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class AdvertisementInspectTests
{
    [Fact]
    public void An_observer_learns_everything_that_is_wrong_at_once()
    {
        byte[] message = Bytes.Hex("23 00 ff 00 07 00 0000 0000000000000000");
        var problems = AdvertisementReader.Inspect(message, new PacketMetadata(Samples.Router, Samples.Virtual, 64), out var advertisement);
        Assert.Equal(
            "TimeToLive, Type, AddressCountZero, Checksum, VirtualRouterIdZero, IntervalZero, AuthenticationTypeUnknown",
            problems.ToString());
        Assert.Equal(255, advertisement.Priority);
        Assert.Equal(3, advertisement.Type);
    }

    [Fact]
    public void A_message_that_is_cut_short_is_read_as_far_as_it_goes()
    {
        byte[] two = [.. Samples.V3Rfc9568.With(3, 3), 192, 0, 2, 251, 192, 0];
        var problems = AdvertisementReader.Inspect(two, Samples.Metadata4, out var advertisement);
        Assert.Equal(DecodeErrorSet.Empty.With(DecodeError.Length), problems);
        Assert.Equal(3, advertisement.DeclaredAddressCount);
        Assert.Equal(2, advertisement.AddressCount);
        Assert.Equal("192.0.2.251", advertisement.GetAddress(1).ToString());
        Assert.Equal(ObservedChecksumStyle.Invalid, advertisement.ChecksumStyle);
        Assert.False(advertisement.HasSameAddresses([Samples.Virtual, advertisement.GetAddress(1)]));
    }

    [Fact]
    public void What_is_not_there_reads_as_zero()
    {
        var problems = AdvertisementReader.Inspect([0x31, 0x29], Samples.Metadata4, out var advertisement);
        Assert.Equal(DecodeErrorSet.Empty.With(DecodeError.Length), problems);
        Assert.Equal(41, advertisement.VirtualRouterId);
        Assert.Equal(0, advertisement.Priority);
        Assert.Equal(default, advertisement.Interval);
        Assert.Equal(0, advertisement.AddressCount);
        Assert.Equal(0, advertisement.Checksum);
        Assert.True(advertisement.AuthenticationData.IsEmpty);
    }

    [Fact]
    public void An_unknown_version_is_not_judged_by_the_layout_of_a_known_one()
    {
        var problems = Samples.Inspect(Samples.V3Rfc9568.With(0, 0x41), Samples.Metadata4);
        Assert.Equal(DecodeErrorSet.Empty.With(DecodeError.Version), problems);
    }

    [Fact]
    [Conformance("9568-5.2.9-1", Polarity.Required)]
    public void A_list_that_begins_with_a_global_address_is_accepted_and_named()
    {
        byte[] message = Samples.Sealed6([.. Samples.V6[..8], .. Bytes.Hex("20010db8000000000000000000000045")]);
        Assert.Equal(DecodeErrorSet.Empty.With(DecodeError.FirstAddressNotLinkLocal), Samples.Inspect(message, Samples.Metadata6));
        Assert.Equal(DecodeError.None, Samples.Read(message, Samples.Metadata6));
        Assert.True(Samples.Inspect(Samples.V6, Samples.Metadata6).IsEmpty);
    }

    [Fact]
    public void Bytes_behind_the_message_are_accepted_and_named()
    {
        byte[] message = Samples.Sealed([.. Samples.V3Rfc9568, 1, 2, 3, 4]);
        Assert.Equal(DecodeErrorSet.Empty.With(DecodeError.TrailingData), Samples.Inspect(message, Samples.Metadata4));
        Assert.Equal(DecodeError.None, Samples.Read(message, Samples.Metadata4));
        Assert.True(Samples.Inspect(Samples.V3Rfc9568, Samples.Metadata4).IsEmpty);
    }

    [Fact]
    public void Every_error_has_words_of_its_own()
    {
        var all = Enum.GetValues<DecodeError>();
        Assert.Equal(all.Length, all.Select(error => error.Describe()).Distinct().Count());
        Assert.DoesNotContain(((DecodeError)63).Describe(), all.Select(error => error.Describe()));
        Assert.True(all.Max() < (DecodeError)64, "DecodeErrorSet has 64 bits.");
    }

    [Fact]
    public void A_set_enumerates_in_the_order_of_the_checks()
    {
        var set = DecodeErrorSet.Empty.With(DecodeError.Checksum).With(DecodeError.TimeToLive).With(DecodeError.None).WithIf(false, DecodeError.Type);
        var seen = new List<DecodeError>();
        foreach (var error in set)
        {
            seen.Add(error);
        }

        Assert.Equal([DecodeError.TimeToLive, DecodeError.Checksum], seen);
        Assert.Equal(2, set.Count);
        Assert.Equal(DecodeError.TimeToLive, set.First);
        Assert.False(set.Contains(DecodeError.None));
        Assert.Equal(DecodeError.None, DecodeErrorSet.Empty.First);
    }
}
