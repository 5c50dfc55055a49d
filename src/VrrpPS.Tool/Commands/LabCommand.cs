using System.CommandLine;
using VrrpPS.Tool.Lab;

namespace VrrpPS.Tool.Commands;

/// <summary><c>vrrpps lab</c>: shows a failover on this machine.</summary>
internal sealed class LabCommand : Command
{
    private readonly Option<bool> _withKeepalived = new("--with-keepalived")
    {
        Description = "Runs the installed keepalived on the second node.",
    };

    private readonly Option<string?> _config = new("--config", "-c")
    {
        Description = "A directory with one *.conf per node; by default a scenario of three nodes.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _inside = new(UserNamespace.InsideOption) { Hidden = true };

    public LabCommand()
        : base("lab", "Builds nodes and a client in network namespaces, elects, kills the master, and shows what a client noticed.")
    {
        Add(_withKeepalived);
        Add(_config);
        Add(_inside);
        SetAction((parsed, _) => LabSession.RunAsync(
            new LabOptions
            {
                WithKeepalived = parsed.GetValue(_withKeepalived),
                ConfigurationDirectory = parsed.GetValue(_config),
                IsInsideUserNamespace = parsed.GetValue(_inside),
            },
            TextWriter.Synchronized(parsed.InvocationConfiguration.Output),
            TextWriter.Synchronized(parsed.InvocationConfiguration.Error)));
    }
}
