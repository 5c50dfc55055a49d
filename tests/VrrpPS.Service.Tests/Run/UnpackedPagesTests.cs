using VrrpPS.Service.Run;
using Xunit;

namespace VrrpPS.Service.Tests.Run;

/// <summary>What of a program may be given back: data as it is in its file, nothing else.</summary>
public sealed class UnpackedPagesTests
{
    private const string Program = "/usr/bin/vrrpps";

    [Fact]
    public void Read_only_data_of_the_program_is_found()
    {
        Assert.Equal(
            [(0x10000, 0x2000u), (0x40000, 0x1000u)],
            UnpackedPages.Find(
                [
                    .. Mapping("10000-12000", "r--p", Program, 0),
                    .. Mapping("12000-20000", "r-xp", Program, 0),
                    .. Mapping("40000-41000", "r--p", Program, 0),
                ],
                Program));
    }

    [Fact]
    public void What_the_linker_has_changed_would_not_come_back_and_stays()
        => Assert.Empty(UnpackedPages.Find([.. Mapping("10000-12000", "r--p", Program, 8)], Program));

    [Fact]
    public void What_was_changed_and_is_on_the_swap_device_stays_too()
        => Assert.Empty(UnpackedPages.Find([.. Mapping("10000-12000", "r--p", Program, 0, swapped: 4)], Program));

    [Fact]
    public void Data_that_can_be_written_and_code_stay()
        => Assert.Empty(UnpackedPages.Find([.. Mapping("10000-12000", "rw-p", Program, 0), .. Mapping("12000-20000", "r-xp", Program, 0)], Program));

    [Fact]
    public void Other_files_stay()
        => Assert.Empty(UnpackedPages.Find([.. Mapping("10000-12000", "r--p", "/usr/lib/libc.so.6", 0), .. Mapping("20000-22000", "r--p", string.Empty, 0)], Program));

    [Fact]
    public void A_process_goes_on_without_them()
    {
        var pages = new UnpackedPages();
        pages.Release();
        pages.Release();
        Assert.NotEmpty(UnpackedPages.Find(File.ReadLines("/proc/self/smaps"), Environment.ProcessPath!));
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
