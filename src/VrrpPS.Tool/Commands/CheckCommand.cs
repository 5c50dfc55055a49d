using System.CommandLine;
using VrrpPS.Engine.Checks.Configuration;
using VrrpPS.Service.Run;

namespace VrrpPS.Tool.Commands;

/// <summary><c>vrrpps check</c>: says what <c>run</c> would say about a configuration, and starts nothing.</summary>
internal sealed class CheckCommand : Command
{
    private readonly Option<string> _config = CommonOptions.Config();
    private readonly Option<string[]> _rename = CommonOptions.Rename();
    private readonly Option<bool> _allowPartial = CommonOptions.AllowPartial();
    private readonly Option<string?> _configId = CommonOptions.ConfigId();

    public CheckCommand()
        : base("check", "Checks a configuration: exit code 0, or 1 with file:line:column: message for each finding.")
    {
        Add(_config);
        Add(_rename);
        Add(_allowPartial);
        Add(_configId);
        SetAction(Check);
    }

    private int Check(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var error = parsed.InvocationConfiguration.Error;
        string file = parsed.GetRequiredValue(_config);
        var configuration = new ConfigurationReader(file)
        {
            InterfaceRenames = CommonOptions.ToMap(parsed.GetValue(_rename) ?? []),
            AllowPartial = parsed.GetValue(_allowPartial),
            ConfigId = parsed.GetValue(_configId),
        }.Read();
        foreach (var line in configuration.Diagnostics)
        {
            error.WriteLine(line);
        }

        if (configuration.Refusal is { } refusal)
        {
            error.WriteError(refusal);
            return ExitCode.NotInOrder;
        }

        var node = new NodeConfiguration(Path.GetFileNameWithoutExtension(file), configuration.Instances.ToVrrpList());
        foreach (var finding in ConfigurationLint.Run([node], inSession: false).Where(static finding => finding.Severity > VrrpFindingSeverity.Information))
        {
            // It concerns what the file means, not one of its lines.
            error.WriteLine($"{file}:1:1: warning: {finding.Subject}: {finding.Message} {finding.Fix}");
        }

        foreach (var instance in configuration.Instances)
        {
            output.WriteLine($"{instance.Name}: {instance.InterfaceName}, VRID {instance.VirtualRouterId}, priority {instance.Priority}, {instance.VirtualAddresses}");
        }

        return ExitCode.Success;
    }
}
