using VrrpPS.Service.Run;
using Xunit;

namespace VrrpPS.Service.Tests.Run;

/// <summary>What of its memory a process may give back: what is as it is in a file, nothing else.</summary>
public sealed class CleanPagesTests
{
    private const string Program = "/usr/bin/vrrpps";

    [Fact]
    public void Code_and_read_only_data_of_program_and_libraries_are_found()
    {
        Assert.Equal(
            [(0x10000, 0x2000u), (0x12000, 0xE000u), (0x40000, 0x1000u)],
            CleanPages.Find(
                [
                    .. Mapping("10000-12000", "r--p", Program, 0),
                    .. Mapping("12000-20000", "r-xp", Program, 0),
                    .. Mapping("20000-22000", "rw-p", Program, 0),
                    .. Mapping("40000-41000", "r--p", "/usr/lib/libc.so.6", 0),
                ],
                Program));
    }

    [Theory]
    [InlineData("r--p")]
    [InlineData("r-xp")]
    public void What_the_linker_or_a_debugger_has_changed_would_not_come_back_and_stays(string rights)
        => Assert.Empty(CleanPages.Find([.. Mapping("10000-12000", rights, Program, 8)], Program));

    [Fact]
    public void What_was_changed_and_is_on_the_swap_device_stays_too()
        => Assert.Empty(CleanPages.Find([.. Mapping("10000-12000", "r--p", Program, 0, swapped: 4)], Program));

    [Theory]
    [InlineData("rw-p", Program)]
    [InlineData("r--s", Program)]
    [InlineData("r--p", "")]
    [InlineData("r-xp", "[vdso]")]
    [InlineData("r--p", "/memfd:doublemapper (deleted)")]
    [InlineData("r-xp", "/usr/lib/libssl.so.3")]
    [InlineData("rw-p", "/opt/a r--p b/vrrpps")]
    public void What_can_be_written_is_shared_has_no_file_or_may_be_unloaded_stays(string rights, string file)
        => Assert.Empty(CleanPages.Find([.. Mapping("10000-12000", rights, file, 0)], Program));

    [Fact]
    public void Program_that_was_replaced_while_it_runs_is_found()
        => Assert.Equal([(0x10000, 0x2000u)], CleanPages.Find([.. Mapping("10000-12000", "r-xp", Program + " (deleted)", 0)], Program));

    [Fact]
    public void A_process_goes_on_without_them()
    {
        CleanPages.Release(CleanPages.FindOwn());
        CleanPages.Release(CleanPages.FindOwn());
        Assert.NotEmpty(CleanPages.FindOwn());
    }

    private static string[] Mapping(string range, string rights, string file, int changed, int swapped = 0) =>
    [
        $"{range} {rights} 00000000 fe:00 11657290                   {file}",
        "Size:                  8 kB",
        "Rss:                   8 kB",
        $"Anonymous:      {changed,8} kB",
        "AnonHugePages:         0 kB",
        $"Swap:           {swapped,8} kB",
        "SwapPss:               0 kB",
        "VmFlags: rd mr mw me sd",
    ];
}
