using VrrpPS.Engine.Measure;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Measure;

public sealed class HolderLogTests
{
    private static readonly MacAddress s_one = new(0x0200_0000_0001);
    private static readonly MacAddress s_two = new(0x0200_0000_0002);

    private readonly HolderLog _log = new();

    [Fact]
    public void The_router_is_the_one_that_advertises_from_where_the_answers_come()
    {
        _log.Answered(s_one, new Instant(1));
        Assert.Equal(s_one.ToString(), _log.Current!.Value.Name);

        _log.Advertised(s_one, "10.0.0.1", new Instant(2));
        Assert.Equal("10.0.0.1", _log.Current!.Value.Name);
        Assert.Single(_log.Changes);
        Assert.Null(_log.Changes[0].Before);
    }

    [Fact]
    public void Another_hardware_address_is_another_holder()
    {
        _log.Advertised(s_one, "10.0.0.1", new Instant(1));
        _log.Answered(s_one, new Instant(2));
        _log.Advertised(s_two, "10.0.0.2", new Instant(3));
        Assert.Equal("10.0.0.1", _log.Current!.Value.Name);

        _log.Answered(s_one, new Instant(4));
        _log.Answered(s_two, new Instant(5));

        Assert.Equal("10.0.0.2", _log.Current!.Value.Name);
        Assert.Equal(2, _log.Changes.Count);
        Assert.Equal(("10.0.0.1", "10.0.0.2"), (_log.Changes[1].Before!.Value.Name, _log.Changes[1].After.Name));
        Assert.Equal(new Instant(5), _log.Changes[1].Time);
    }

    [Fact]
    public void With_a_virtual_MAC_address_the_advertisements_tell_the_holders_apart()
    {
        _log.Advertised(s_one, "10.0.0.1", new Instant(1));
        _log.Answered(s_one, new Instant(2));
        _log.Advertised(s_one, "10.0.0.2", new Instant(3));
        _log.Advertised(s_one, "10.0.0.2", new Instant(4));

        Assert.Equal("10.0.0.2", _log.Current!.Value.Name);
        Assert.Equal(2, _log.Changes.Count);
        Assert.Equal("10.0.0.1", _log.Changes[1].Before!.Value.Name);
    }

    [Fact]
    public void This_host_has_no_hardware_address()
    {
        _log.Answered(mac: null, new Instant(1));
        Assert.Equal("this host", _log.Current!.Value.Name);
        _log.Advertised(mac: null, "10.0.0.3", new Instant(2));
        Assert.Equal("10.0.0.3", _log.Current!.Value.Name);
        Assert.Null(_log.Current!.Value.MacText);
    }

    [Fact]
    public void Nobody_is_known_before_the_first_answer() => Assert.Null(_log.Current);
}
