using System.CommandLine;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Runtime.Static;
using VrrpPS.Service.Run;

namespace VrrpPS.Tool.Commands;

/// <summary><c>vrrpps sweep</c>: removes what a killed service left, for a unit's ExecStopPost.</summary>
internal sealed class SweepCommand : Command
{
    private readonly Option<string> _config = CommonOptions.Config();
    private readonly Option<string?> _namespace = CommonOptions.Namespace("to sweep in");
    private readonly Option<string[]> _rename = CommonOptions.Rename();
    private readonly Option<string?> _configId = CommonOptions.ConfigId();

    public SweepCommand()
        : base("sweep", "Removes virtual addresses that a killed vrrpps left bound: only marked ones, only those the configuration names.")
    {
        Add(_config);
        Add(_namespace);
        Add(_rename);
        Add(_configId);
        SetAction(Sweep);
    }

    private int Sweep(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var error = parsed.InvocationConfiguration.Error;
        // What is lost of a configuration does not matter here: sweeping looks at names and addresses only.
        var configuration = new ConfigurationReader(parsed.GetRequiredValue(_config))
        {
            NetworkNamespace = parsed.GetValue(_namespace),
            InterfaceRenames = CommonOptions.ToMap(parsed.GetValue(_rename) ?? []),
            AllowPartial = true,
            ConfigId = parsed.GetValue(_configId),
        }.Read();
        if (configuration.Refusal is { } refusal)
        {
            foreach (var line in configuration.Diagnostics)
            {
                error.WriteLine(line);
            }

            error.WriteError(refusal);
            return ExitCode.NotInOrder;
        }

        var exitCode = ExitCode.Success;
        foreach (var instance in configuration.Instances)
        {
            Try(instance.Name, () =>
            {
                foreach (var address in OrphanSweeper.Sweep(instance))
                {
                    output.WriteLine($"{instance.Name}: removed {address} from {instance.InterfaceName}");
                }
            });
        }

        if (!configuration.Static.IsEmpty)
        {
            Try("static", () =>
            {
                foreach (var removed in StaticNetwork.Sweep(configuration.Static))
                {
                    output.WriteLine($"static: removed {removed}");
                }
            });
        }

        return exitCode;

        void Try(string subject, Action sweep)
        {
            try
            {
                LinuxPlatform.Require();
                sweep();
            }
            catch (VrrpException exception)
            {
                error.WriteError(exception, subject);
                exitCode = ExitCode.Refused;
            }
            catch (KernelException exception)
            {
                error.WriteError(VrrpErrors.KernelRefused(exception), subject);
                exitCode = ExitCode.Refused;
            }
        }
    }
}
