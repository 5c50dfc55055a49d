using VrrpPS.Engine.Runtime;
using VrrpPS.Service;
using VrrpPS.Service.Native;
using VrrpPS.Service.Run;

NativeHeap.ShareOne();

if (args is not [RunArguments.By, var version, .. var rest])
{
    Console.Error.WriteLine("vrrppsd: it is started by 'vrrpps run', which says what it takes: vrrpps run --help.");
    return ExitCode.Usage;
}

if (version != ProductVersion.Text)
{
    // Refused, not misused: in the middle of an update a moment later both are new, and systemd tries again.
    Console.Error.WriteLine($"vrrppsd: it is version {ProductVersion.Text}, and the vrrpps that started it is {version}. Install both of one version.");
    return ExitCode.Refused;
}

RunOptions options;
try
{
    options = RunArguments.Read(rest);
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"vrrppsd: {exception.Message}. It is started by 'vrrpps run', which says what it takes: vrrpps run --help.");
    return ExitCode.Usage;
}

return await ServiceRun.RunAsync(options, static engine => new VrrpEngine(engine), Console.Out, Console.Error);
