using System.CommandLine;
using VrrpPS.Engine.Runtime;
using VrrpPS.Tool.Commands;
using VrrpPS.Service.Native;

NativeHeap.ShareOne();

// Signals are the commands' own business: run hands over, lab cleans up. The parser's handler would only cut that short.
return await CommandLine.InvokeAsync(
    args,
    new CommandServices(static options => new VrrpEngine(options), DaemonProgram.TryBecome),
    new InvocationConfiguration { ProcessTerminationTimeout = null });
