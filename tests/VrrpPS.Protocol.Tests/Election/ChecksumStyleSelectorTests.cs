using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

public sealed class ChecksumStyleSelectorTests
{
    private static readonly InetAddress _master = InetAddress.Parse("10.0.0.9");
    private static readonly InetAddress _other = InetAddress.Parse("10.0.0.8");
    private static readonly Instant _now = new(1_000_000_000);

    [Fact]
    public void Auto_starts_with_the_pseudo_header()
        => Assert.Equal(ChecksumStyle.PseudoHeader, new ChecksumStyleSelector(ChecksumStyle.Auto).Current(_now));

    [Theory]
    [InlineData(ChecksumStyle.PseudoHeader)]
    [InlineData(ChecksumStyle.Rfc9568)]
    [InlineData(ChecksumStyle.Both)]
    public void A_configured_style_never_changes(ChecksumStyle style)
    {
        var selector = new ChecksumStyleSelector(style);
        Teach(selector, _master, ChecksumStyle.Rfc9568, 5);
        Teach(selector, _master, ChecksumStyle.PseudoHeader, 5);
        Assert.False(selector.HeardRival(ChecksumStyle.Rfc9568, Interval.OneSecond, _now));
        Assert.Equal(style, selector.Current(_now));
    }

    [Theory]
    [InlineData(2, ChecksumStyle.PseudoHeader)]
    [InlineData(3, ChecksumStyle.Rfc9568)]
    public void A_backup_learns_from_three_advertisements(int lessons, ChecksumStyle expected)
    {
        var selector = new ChecksumStyleSelector(ChecksumStyle.Auto);
        Teach(selector, _master, ChecksumStyle.Rfc9568, lessons);
        Assert.Equal(expected, selector.Current(_now));
    }

    [Fact]
    public void A_change_of_style_starts_the_count_over()
    {
        var selector = new ChecksumStyleSelector(ChecksumStyle.Auto);
        Teach(selector, _master, ChecksumStyle.Rfc9568, 2);
        Teach(selector, _master, ChecksumStyle.PseudoHeader, 1);
        Teach(selector, _master, ChecksumStyle.Rfc9568, 2);
        Assert.Equal(ChecksumStyle.PseudoHeader, selector.Current(_now));
    }

    [Fact]
    public void Another_master_starts_the_count_over()
    {
        var selector = new ChecksumStyleSelector(ChecksumStyle.Auto);
        Teach(selector, _master, ChecksumStyle.Rfc9568, 2);
        Teach(selector, _other, ChecksumStyle.Rfc9568, 2);
        Assert.Equal(ChecksumStyle.PseudoHeader, selector.Current(_now));
    }

    [Fact]
    public void A_packet_valid_in_both_styles_teaches_nothing()
    {
        var selector = new ChecksumStyleSelector(ChecksumStyle.Auto);
        Teach(selector, _master, ChecksumStyle.Rfc9568, 2);
        Teach(selector, _master, ChecksumStyle.Auto, 10);
        Assert.Equal(ChecksumStyle.PseudoHeader, selector.Current(_now));
        Teach(selector, _master, ChecksumStyle.Rfc9568, 1);
        Assert.Equal(ChecksumStyle.Rfc9568, selector.Current(_now));
    }

    [Fact]
    public void A_master_answers_a_rival_of_the_other_style_in_both_for_ten_intervals()
    {
        var selector = new ChecksumStyleSelector(ChecksumStyle.Auto);
        Assert.True(selector.HeardRival(ChecksumStyle.Rfc9568, Interval.OneSecond, _now));
        Assert.Equal(ChecksumStyle.Both, selector.Current(_now + RouterHarness.Ns(9.999)));
        Assert.Equal(ChecksumStyle.PseudoHeader, selector.Current(_now + RouterHarness.Ns(10)));
    }

    [Fact]
    public void A_master_never_follows_its_rivals()
    {
        var selector = new ChecksumStyleSelector(ChecksumStyle.Auto);
        for (int i = 0; i < 20; i++)
        {
            selector.HeardRival(ChecksumStyle.Rfc9568, Interval.OneSecond, _now);
        }

        Assert.Equal(ChecksumStyle.PseudoHeader, selector.Current(_now + RouterHarness.Ns(11)));
    }

    [Theory]
    [InlineData(ChecksumStyle.PseudoHeader)]
    [InlineData(ChecksumStyle.Auto)]
    public void A_rival_we_share_a_style_with_changes_nothing(ChecksumStyle seen)
    {
        var selector = new ChecksumStyleSelector(ChecksumStyle.Auto);
        Assert.False(selector.HeardRival(seen, Interval.OneSecond, _now));
        Assert.Equal(ChecksumStyle.PseudoHeader, selector.Current(_now));
    }

    private static void Teach(ChecksumStyleSelector selector, InetAddress from, ChecksumStyle seen, int times)
    {
        for (int i = 0; i < times; i++)
        {
            selector.HeardMaster(from, seen);
        }
    }
}
