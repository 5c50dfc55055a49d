using System.CommandLine;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Systemd;
using VrrpPS.Service.Run;

namespace VrrpPS.Tool.Commands;

/// <summary><c>vrrpps unit</c>: writes the systemd unit that a configuration needs to standard output.</summary>
internal sealed class UnitCommand : Command
{
    private readonly Option<string?> _config = new("--config", "-c")
    {
        Description = "The configuration: a file, or a directory of fragments. Without it, a unit for /etc/vrrpps with the least rights.",
        HelpName = "PATH",
    };

    private readonly Option<bool> _allowPartial = CommonOptions.AllowPartial();
    private readonly Option<string> _name = new("--name")
    {
        Description = "The service's name.",
        DefaultValueFactory = static _ => UnitName.Default,
    };

    private readonly Option<string?> _user = new("--user") { Description = "The user, or user:group, it runs as; without it, root with the capabilities it needs.", HelpName = "USER" };
    private readonly Option<string?> _executable = new("--executable") { Description = "Where vrrpps will be; by default where this one is.", HelpName = "FILE" };

    private readonly MetricsOptions _metrics = new();
    private readonly SchedulingOptions _scheduling = new();

    public UnitCommand()
        : base("unit", "Writes a systemd unit that allows a service what its configuration needs, and nothing else.")
    {
        Add(_config);
        Add(_allowPartial);
        Add(_name);
        Add(_user);
        Add(_executable);
        _metrics.AddTo(this);
        _scheduling.AddTo(this);
        SetAction(Write);
    }

    private int Write(ParseResult parsed)
    {
        var error = parsed.InvocationConfiguration.Error;
        string? path = parsed.GetValue(_config);
        IReadOnlyList<InstanceConfiguration> instances = [];
        if (path is not null)
        {
            var configuration = new ConfigurationReader(path) { AllowPartial = parsed.GetValue(_allowPartial) }.Read();
            foreach (string line in configuration.Diagnostics)
            {
                error.WriteLine(line);
            }

            if (configuration.Refusal is { } refusal)
            {
                error.WriteError(refusal);
                return ExitCode.NotInOrder;
            }

            instances = configuration.Instances;
        }

        try
        {
            string full = Path.GetFullPath(path ?? "/etc/vrrpps");
            parsed.InvocationConfiguration.Output.Write(UnitFile.Write(
                new UnitOptions
                {
                    Name = UnitName.Parse(parsed.GetValue(_name)!),
                    Executable = Path.GetFullPath(parsed.GetValue(_executable) ?? Environment.ProcessPath!),
                    ConfigurationPath = full,
                    User = parsed.GetValue(_user),
                    Exports = _metrics.ForUnit(parsed),
                    Scheduling = _scheduling.Get(parsed),
                    AllowPartial = parsed.GetValue(_allowPartial),
                },
                UnitNeeds.Of(instances, full)));
            return ExitCode.Success;
        }
        catch (VrrpException exception)
        {
            error.WriteError(exception);
            return ExitCode.Usage;
        }
    }
}
