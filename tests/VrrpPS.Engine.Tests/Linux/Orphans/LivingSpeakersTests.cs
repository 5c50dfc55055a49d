using VrrpPS.Engine.Linux.Orphans;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux.Orphans;

public sealed class LivingSpeakersTests
{
    [Fact]
    public void Locks_are_read_from_their_names_and_damaged_ones_passed_over()
        => Assert.Equal(
            [(7, AddressFamily.IPv4), (12, AddressFamily.IPv6), (13, AddressFamily.IPv6)],
            LivingSpeakers.Parse(
            [
                "vrrpps/speaker/4-f0000000/7/v4/41",
                "vrrpps/speaker/4-f0000000/12/v6/1",
                "vrrpps/speaker/4-f0000000/13/v6/1/+0123456789abcdef",
                "vrrpps/speaker/damaged",
                "vrrpps/speaker/",
            ]).Order());
}
