using VrrpPS.Engine.Runtime;
using VrrpPS.Service;
using VrrpPS.Service.Native;
using VrrpPS.Service.Run;

NativeHeap.ShareOne();

RunOptions options;
try
{
    options = RunArguments.Read(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"vrrppsd: {exception.Message}. It is started by 'vrrpps run', which says what it takes: vrrpps run --help. Both have to be of one version.");
    return ExitCode.Usage;
}

return await ServiceRun.RunAsync(options, static engine => new VrrpEngine(engine), Console.Out, Console.Error);
