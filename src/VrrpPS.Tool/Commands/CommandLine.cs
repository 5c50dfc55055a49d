using System.CommandLine;
using System.CommandLine.Invocation;

namespace VrrpPS.Tool.Commands;

/// <summary>From arguments to an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> InvokeAsync(string[] arguments, CommandServices services, InvocationConfiguration configuration)
    {
        var parsed = new VrrppsRootCommand(services).Parse(arguments);
        var exitCode = await parsed.InvokeAsync(configuration);
        return parsed.Action is ParseErrorAction ? ExitCode.Usage : exitCode;
    }
}
