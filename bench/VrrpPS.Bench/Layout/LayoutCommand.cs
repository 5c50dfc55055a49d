using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using VrrpPS.Bench.Cases;
using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;
using VrrpPS.Bench.Nodes;
using VrrpPS.Protocol;

namespace VrrpPS.Bench.Layout;

/// <summary>
/// <c>vrrpps-bench layout</c>: writes which methods a node uses, so that the compiler puts them next to each other: first what it uses while it
/// serves, then what only its start does, both in alphabetical order. What a node does not use then stays on pages that nobody touches, and
/// what its start used on pages that are given back.
/// </summary>
internal static class LayoutCommand
{
    /// <summary>What the native compiler leaves beside its program.</summary>
    private const string Symbols = ".dbg";

    /// <summary>Beside the file of names: the tracer's process, and that the start is over.</summary>
    private const string Tracer = ".pid", Ended = ".ended";

    private const int Routers = 255;
    private const int Addresses = 3;

    /// <summary>Centiseconds.</summary>
    private const int AdvertisementInterval = 10;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Long enough that leases are renewed, and that the heap is found quiet and is collected.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_listening = TimeSpan.FromSeconds(3);

    /// <summary>Between names of the one kind and of the other.</summary>
    private static readonly string s_divider = string.Empty;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var program = new Option<string>("--program") { Description = "The native vrrppsd, its symbols (.dbg) beside it.", Required = true };
        var file = new Argument<string>("file") { Description = "Where the names go." };
        var command = new Command("layout", "Records which methods a node uses. Needs root.") { file, program };
        command.SetAction(parsed => Run(Path.GetFullPath(parsed.GetValue(program)!), parsed.GetValue(file)!));
        return command;
    }

    /// <summary>The hidden command that follows one process.</summary>
    public static Command CreateTrace()
    {
        var process = new Argument<int>("process");
        var symbols = new Argument<string>("symbols");
        var file = new Argument<string>("file");
        var command = new Command("trace", "Follows a process that has stopped itself, as a child of the recording.") { process, symbols, file };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            var tracer = new MethodTracer(parsed.GetValue(process), new MethodSymbols(parsed.GetValue(symbols)!));
            using var served = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                tracer.EndStart();
                File.WriteAllText(path + Ended, string.Empty);
            });
            File.WriteAllText(path + Tracer, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            tracer.Run();
            File.WriteAllLines(path + ".part", [.. tracer.InService, s_divider, .. tracer.StartOnly]);
            File.Move(path + ".part", path, overwrite: true);
        });
        return command;
    }

    private static int Run(string program, string file)
    {
        if (!File.Exists(program) || !File.Exists(program + Symbols))
        {
            Console.Error.WriteLine($"{program} and {program}{Symbols} have to be there: './build.sh layout' makes them where clang or gcc can link a native program.");
            return 2;
        }

        using var cleaner = new Cleaner();
        var directory = Directory.CreateTempSubdirectory("vrrpps-layout-");
        try
        {
            string alone = Path.Combine(directory.FullName, "alone"), beside = Path.Combine(directory.FullName, "beside");
            string ipv4 = Path.Combine(directory.FullName, "ipv4"), ipv6 = Path.Combine(directory.FullName, "ipv6");
            Record(program, alone, withPeer: false);
            Record(program, beside, withPeer: true);
            RecordTakeovers(program, ipv4, AddressFamily.IPv4);
            RecordTakeovers(program, ipv6, AddressFamily.IPv6);
            string[] names = [.. Arrange([.. new[] { alone, beside, ipv4, ipv6 }.Select(File.ReadAllLines)])];
            File.WriteAllLines(file, names);
            Console.WriteLine(FormattableString.Invariant($"{file}: {names.Length} methods"));
            return 0;
        }
        catch (BenchException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>What was used in service in one of the recordings, then what was used only at a start.</summary>
    private static IEnumerable<string> Arrange(string[][] recordings)
    {
        var inService = recordings.SelectMany(static names => names.TakeWhile(static name => name != s_divider)).Order(StringComparer.Ordinal);
        var atStart = recordings.SelectMany(static names => names.SkipWhile(static name => name != s_divider).Skip(1)).Order(StringComparer.Ordinal);
        return inService.Concat(atStart).Distinct(StringComparer.Ordinal);
    }

    /// <summary>From the start, alone or beside a peer that falls silent after a while, over the election to the end in good order.</summary>
    private static void Record(string program, string file, bool withPeer)
    {
        using var cell = new LoadCell(new LoadPlan(Routers, AdvertisementInterval), Wrap(program, file));
        if (withPeer)
        {
            cell.StartPeer();
        }

        cell.StartNode(NodeKind.Ours);
        if (withPeer)
        {
            Thread.Sleep(s_listening);
        }
        else
        {
            cell.WaitForMasters();
        }

        EndStart(file);
        if (withPeer)
        {
            Thread.Sleep(s_listening);
            cell.StopPeer();
            cell.WaitForMasters();
        }

        Thread.Sleep(s_quiet);

        cell.Node!.Terminate();
        cell.Node.WaitForExit();
        Wait.Until(() => File.Exists(file), s_patience, "the methods are written");
    }

    /// <summary>There and back, twice.</summary>
    private static void RecordTakeovers(string program, string file, AddressFamily family)
    {
        using var cell = new TakeoverCell(NodeKind.Ours, new TakeoverPlan(Addresses, family), Wrap(program, file));
        cell.Start();
        EndStart(file);
        _ = cell.TakeOver();
        _ = cell.TakeOver();
        cell.Stop();
        Wait.Until(() => File.Exists(file), s_patience, "the methods are written");
    }

    /// <summary>What the traced process uses from now on, it uses in service.</summary>
    private static void EndStart(string file)
    {
        Signals.Send(int.Parse(File.ReadAllText(file + Tracer), CultureInfo.InvariantCulture), Signals.HangUp);
        Wait.Until(() => File.Exists(file + Ended), s_patience, "the tracer has begun anew");
    }

    /// <summary>A program that has itself traced from its first instruction on, by a process that is not its child.</summary>
    private static string Wrap(string program, string file)
    {
        string script = file + ".sh";
        File.WriteAllText(script, string.Create(CultureInfo.InvariantCulture, $"""
            #!/bin/sh
            version=$('{Path.Combine(Path.GetDirectoryName(program)!, "vrrpps")}' --version)
            ('{Environment.ProcessPath}' trace $$ '{program}{Symbols}' '{file}' &)
            kill -STOP $$
            shift # "run", which the program that only serves has no word for
            exec '{program}' --by "$version" "$@"

            """));
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return script;
    }
}
