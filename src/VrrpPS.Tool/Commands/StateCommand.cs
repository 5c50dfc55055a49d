using System.CommandLine;
using System.Text.Json;
using VrrpPS.Engine.Control;
using VrrpPS.Engine.Control.Client;
using VrrpPS.Engine.Errors;
using VrrpPS.Tool.State;

namespace VrrpPS.Tool.Commands;

/// <summary><c>vrrpps state</c>: asks the running service who is Master, since when, and what is wrong.</summary>
internal sealed class StateCommand : Command
{
    private readonly Option<string?> _socket = new("--socket", "-s")
    {
        Description = $"The service's control socket; by default {ControlSocketPath.System}, else $XDG_RUNTIME_DIR/vrrpps.sock.",
        HelpName = "PATH",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Writes everything that is known as one JSON object." };

    public StateCommand()
        : base("state", "Shows the instances of the running service: who is Master, since when, and what is wrong. Any local user may look.")
    {
        Add(_socket);
        Add(_json);
        SetAction(Show);
    }

    private int Show(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        try
        {
            using var service = parsed.GetValue(_socket) is { } path ? ServiceEngine.Open(path) : ServiceEngine.OpenDefault();
            var states = service.GetStates();
            if (parsed.GetValue(_json))
            {
                output.WriteLine(JsonSerializer.Serialize(new StateDocument(states), StateJsonContext.Default.StateDocument));
                return ExitCode.Success;
            }

            foreach (string line in StateTable.Lines(states))
            {
                output.WriteLine(line);
            }

            if (states.Count == 0)
            {
                output.WriteLine("No instance runs in the service.");
            }

            return ExitCode.Success;
        }
        catch (VrrpException exception)
        {
            parsed.InvocationConfiguration.Error.WriteError(exception);
            return ExitCode.Refused;
        }
    }
}
