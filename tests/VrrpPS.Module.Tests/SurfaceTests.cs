using System.Management.Automation;
using System.Reflection;

namespace VrrpPS.Module.Tests;

public sealed class SurfaceTests
{
    private static readonly string[] Changers = ["Start", "Stop", "Suspend", "Resume", "Restart", "Set", "Clear", "Move", "Send", "Remove", "Register", "Unregister", "Update"];

    public static TheoryData<string> Names => [.. CmdletInfo.All.Select(c => c.Name)];

    [Fact]
    public void The_manifest_exports_every_cmdlet_and_nothing_else()
    {
        Assert.Equal(CmdletInfo.All.Select(c => c.Name).Order(StringComparer.Ordinal), Manifest.List("CmdletsToExport").Order(StringComparer.Ordinal));
        Assert.Empty(Manifest.List("FunctionsToExport"));
        Assert.Empty(Manifest.List("AliasesToExport"));
        Assert.Empty(Manifest.List("VariablesToExport"));
    }

    [Fact]
    public void The_manifest_names_files_that_exist()
    {
        Assert.Equal("VrrpPS.dll", Manifest.Value("RootModule"));
        Assert.Equal("7.6", Manifest.Value("PowerShellVersion"));
        Assert.Equal(["Core"], Manifest.List("CompatiblePSEditions"));
        Assert.All(Manifest.List("FormatsToProcess").Concat(Manifest.List("TypesToProcess")), file => Assert.True(File.Exists(Path.Combine(Repository.ModuleSource, file)), file));
    }

    [Fact]
    public void The_composed_module_holds_our_assemblies_only()
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.ComposedModule, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.ComposedModule, file))];
        Assert.Equal(["VrrpPS.Engine.dll", "VrrpPS.Protocol.dll", "VrrpPS.dll"], files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("VrrpPS.psd1", files);
        Assert.Contains("VrrpPS.Format.ps1xml", files);
        Assert.Contains("VrrpPS.Types.ps1xml", files);
        Assert.Contains(Path.Combine("en-US", "about_VrrpPS.help.txt"), files);
        Assert.DoesNotContain(files, file => file.EndsWith(".psm1", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_is_sealed_has_an_approved_verb_and_says_what_it_emits(string name)
    {
        var cmdlet = Find(name);
        Assert.True(cmdlet.Type.IsSealed);
        Assert.Contains(cmdlet.Verb, ApprovedVerbs());
        Assert.NotEmpty(cmdlet.OutputTypes);
        Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.Name);
        Assert.Equal("VrrpPS.Commands", cmdlet.Type.Namespace);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_changer_asks_before_it_changes_and_never_prompts_in_automation(string name)
    {
        var cmdlet = Find(name);
        if (Changers.Contains(cmdlet.Verb))
        {
            Assert.True(cmdlet.SupportsShouldProcess);
        }

        // Medium is the default; anything else would have to be written down.
        Assert.Null(cmdlet.ConfirmImpact);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_identity_binds_by_property_name(string name)
    {
        var bound = Find(name).Parameters.Where(p => CmdletInfo.ParameterAttributes(p).Any(a => CmdletInfo.Argument(a, "ValueFromPipelineByPropertyName") is true));
        Assert.All(bound, p => Assert.Contains(p.Name, new[] { "Name", "NetworkNamespace", "SocketPath", "LiteralPath" }));
    }

    [Fact]
    public void Every_timeout_has_the_two_aliases_and_every_path_a_literal_one()
    {
        foreach (var cmdlet in CmdletInfo.All)
        {
            string text = cmdlet.Describe();
            if (text.Contains("  -Timeout ", StringComparison.Ordinal))
            {
                Assert.Contains("-Timeout <VrrpDuration> aliases TimeoutSec,TimeoutSeconds", text, StringComparison.Ordinal);
            }

            if (text.Contains("  -Path ", StringComparison.Ordinal))
            {
                // Whoever reads takes several files, whoever writes makes one, and a service has one.
                string type = cmdlet.Name.StartsWith("Export-", StringComparison.Ordinal) || cmdlet.Name is "Register-VrrpService" or "Measure-VipFailover" ? "string" : "string[]";
                Assert.Contains($"-LiteralPath <{type}> aliases PSPath", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Passwords_are_secure_strings()
    {
        var passwords = CmdletInfo.All.SelectMany(c => c.Parameters).Where(p => p.Name.Contains("Pass", StringComparison.Ordinal) && p.Name != "PassThru").ToArray();
        Assert.NotEmpty(passwords);
        Assert.All(passwords, p => Assert.Equal(typeof(System.Security.SecureString), p.PropertyType));
    }

    [Fact]
    public void The_surface_is_the_approved_one() => ApprovedText.Check("cmdlets.txt", string.Join('\n', CmdletInfo.All.Select(c => c.Describe())));

    private static CmdletInfo Find(string name) => CmdletInfo.All.Single(c => c.Name == name);

    private static HashSet<string> ApprovedVerbs() =>
        [.. typeof(VerbsCommon).Assembly.GetExportedTypes().Where(t => t.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];
}
