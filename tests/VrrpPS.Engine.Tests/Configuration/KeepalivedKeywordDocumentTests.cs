using System.Globalization;
using System.Text;
using VrrpPS.Engine.Configuration.Keepalived;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>docs/keepalived-keywords.md is the reader's own table. VRRPPS_APPROVE=1 writes it anew.</summary>
public sealed class KeepalivedKeywordDocumentTests
{
    private static readonly string[] s_sections = ["Root", "GlobalDefs", "Instance", "Authentication", "SyncGroup", "Script", "TrackProcess", "TrackFile"];

    /// <summary>How often keywords are met in files that people publish; what is not listed is rare.</summary>
    private static readonly Dictionary<string, string> s_use = Uses(
        "common", "vrrp_instance global_defs state interface virtual_router_id priority advert_int preempt nopreempt unicast_src_ip unicast_peer authentication auth_type auth_pass "
            + "virtual_ipaddress track_interface vrrp_script track_script script interval timeout weight rise fall user notify notify_master notify_backup notify_fault notify_stop script_user enable_script_security router_id vrrp_sync_group group",
        "sometimes", "version vrrp_version preempt_delay strict_mode vrrp_strict skip_check_adv_addr vrrp_skip_check_adv_addr use_vmac vmac_xmit_base dynamic_interfaces virtual_ipaddress_excluded virtual_routes "
            + "garp_master_refresh garp_master_repeat vrrp_garp_master_refresh vrrp_garp_master_repeat smtp_alert smtp_alert_vrrp notification_email notification_email_from smtp_server vrrp_startup_delay init_fail");

    /// <summary>Common keywords that do not work yet; the list only ever gets shorter.</summary>
    private const string CommonGaps = "";

    /// <summary>Keywords met sometimes that do not work yet.</summary>
    private const string OccasionalGaps = "";

    [Fact]
    public void The_document_is_the_table()
    {
        string path = Path.Combine(TestData.Repository, "docs", "keepalived-keywords.md");
        string actual = Document();
        if (Environment.GetEnvironmentVariable("VRRPPS_APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }

    [Theory]
    [InlineData("common", CommonGaps)]
    [InlineData("sometimes", OccasionalGaps)]
    public void What_does_not_work_is_known_by_name(string use, string gaps)
    {
        var actual = Rows().Where(r => r.Use == use && r.Keyword.Status is not KeepalivedStatus.Carried).Select(r => $"{r.Section}/{r.Keyword.Name}");
        Assert.Equal(gaps, string.Join(' ', actual.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_version_and_use_belongs_to_a_keyword()
    {
        var known = Rows().Select(r => r.Keyword.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(s_use.Keys.Except(known));
        Assert.Empty(Versions().Keys.Except(known));
    }

    [Fact]
    public void What_changes_the_outcome_says_how()
        => Assert.All(Rows().Where(r => r.Keyword.Status == KeepalivedStatus.Partial), r => Assert.False(string.IsNullOrEmpty(r.Keyword.Why)));

    private static string Document()
    {
        var versions = Versions();
        var text = new StringBuilder("# keepalived's keywords\n\n"
            + "Written from the reader's table; `VRRPPS_APPROVE=1` and the tests write it anew.\n\n"
            + "- **carried**: honoured.\n- **reported**: not carried over; a warning names it, and neither election nor addresses nor authentication change.\n"
            + "- **not carried**: changes one of the three; such a file runs only with `--allow-partial` (`-AllowPartial`).\n\n"
            + "*Since* is the first release of keepalived whose parser knows the word.\n");
        foreach (var section in Rows().GroupBy(r => r.Section))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {KeepalivedKeywords.PlaceOf(Enum.Parse<KeepalivedContext>(section.Key))}\n\n| Keyword | Status | Use | Since | Remark |\n|---|---|---|---|---|\n");
            foreach (var (_, keyword, use) in section)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{keyword.Name}` | {Status(keyword)} | {use} | {versions.GetValueOrDefault(keyword.Name, string.Empty)} | {Remark(keyword)} |\n");
            }
        }

        return text.ToString();
    }

    private static string Status(KeepalivedKeyword keyword) => keyword.Status switch
    {
        KeepalivedStatus.Carried => "carried",
        KeepalivedStatus.Ignored => "reported",
        _ => "not carried",
    };

    private static string Remark(KeepalivedKeyword keyword)
        => keyword.Why is not { } why ? string.Empty : keyword.Status == KeepalivedStatus.Partial ? "Changes " + why : why;

    private static IEnumerable<(string Section, KeepalivedKeyword Keyword, string Use)> Rows()
        => from context in Enum.GetValues<KeepalivedContext>()
           from keyword in KeepalivedKeywords.Of(context).Values
           where keyword.Status != KeepalivedStatus.VirtualServer
           orderby context, keyword.Name
           select (context.ToString(), keyword, s_sections.Contains(context.ToString(), StringComparer.Ordinal) ? s_use.GetValueOrDefault(keyword.Name, "rare") : "rare");

    private static Dictionary<string, string> Uses(params string[] pairs)
        => pairs.Chunk(2).SelectMany(p => p[1].Split(' ').Select(name => (name, use: p[0]))).ToDictionary(p => p.name, p => p.use, StringComparer.Ordinal);

    private static Dictionary<string, string> Versions()
        => File.ReadLines(Path.Combine(TestData.Source, "Configuration", "keepalived-versions.txt")).Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split(' ')).ToDictionary(w => w[0], w => w[1], StringComparer.Ordinal);
}
