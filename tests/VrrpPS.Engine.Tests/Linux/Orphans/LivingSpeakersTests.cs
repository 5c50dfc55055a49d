using VrrpPS.Engine.Linux.Orphans;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux.Orphans;

public sealed class LivingSpeakersTests
{
    [Fact]
    public void Locks_are_read_from_the_kernels_table_and_other_sockets_passed_over()
        => Assert.Equal(
            [(7, AddressFamily.IPv4), (12, AddressFamily.IPv6)],
            LivingSpeakers.Parse(
            [
                "Num       RefCount Protocol Flags    Type St Inode Path",
                "0000000000000000: 00000002 00000000 00010000 0001 01 22222 @vrrpps/speaker/4-f0000000/7/v4/41",
                "0000000000000000: 00000002 00000000 00010000 0001 01 22223 @vrrpps/speaker/4-f0000000/12/v6/1",
                "0000000000000000: 00000002 00000000 00010000 0001 01 22224 @vrrpps/speaker/damaged",
                "0000000000000000: 00000002 00000000 00010000 0001 01 22225 /run/systemd/journal/stdout",
                "0000000000000000: 00000003 00000000 00000000 0001 03 22226",
            ]).Order());
}
