using System.CommandLine;
using System.Globalization;
using VrrpPS.Bench.Cases;
using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;
using VrrpPS.Bench.Nodes;
using VrrpPS.Protocol;

namespace VrrpPS.Bench.Layout;

/// <summary>
/// <c>vrrpps-bench layout</c>: writes which methods a node uses, in alphabetical order, so that the compiler puts them next to each other.
/// What a node does not use then stays on pages that nobody touches.
/// </summary>
internal static class LayoutCommand
{
    /// <summary>What the native compiler leaves beside its program.</summary>
    private const string Symbols = ".dbg";

    private const int Routers = 255;
    private const int Ipv6Addresses = 3;

    /// <summary>Centiseconds.</summary>
    private const int AdvertisementInterval = 10;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Long enough that leases are renewed and the heap is collected.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan s_listening = TimeSpan.FromSeconds(3);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var program = new Option<string>("--program") { Description = "The native vrrpps, its symbols (.dbg) beside it.", Required = true };
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
            File.WriteAllLines(path + ".part", MethodTracer.Follow(parsed.GetValue(process), new MethodSymbols(parsed.GetValue(symbols)!)));
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
            string alone = Path.Combine(directory.FullName, "alone"), beside = Path.Combine(directory.FullName, "beside"), ipv6 = Path.Combine(directory.FullName, "ipv6");
            Record(program, alone, withPeer: false);
            Record(program, beside, withPeer: true);
            RecordTakeovers(program, ipv6);
            string[] names = [.. File.ReadLines(alone).Concat(File.ReadLines(beside)).Concat(File.ReadLines(ipv6)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
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

    /// <summary>From the start over the election, or the Backups' listening, to the end in good order.</summary>
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
            Thread.Sleep(s_quiet);
        }

        cell.Node!.Terminate();
        cell.Node.WaitForExit();
        Wait.Until(() => File.Exists(file), s_patience, "the methods are written");
    }

    /// <summary>There and back with IPv6, twice.</summary>
    private static void RecordTakeovers(string program, string file)
    {
        using var cell = new TakeoverCell(NodeKind.Ours, new TakeoverPlan(Ipv6Addresses, AddressFamily.IPv6), Wrap(program, file));
        cell.Start();
        _ = cell.TakeOver();
        _ = cell.TakeOver();
        cell.Stop();
        Wait.Until(() => File.Exists(file), s_patience, "the methods are written");
    }

    /// <summary>A program that has itself traced from its first instruction on, by a process that is not its child.</summary>
    private static string Wrap(string program, string file)
    {
        string script = file + ".sh";
        File.WriteAllText(script, string.Create(CultureInfo.InvariantCulture, $"""
            #!/bin/sh
            ('{Environment.ProcessPath}' trace $$ '{program}{Symbols}' '{file}' &)
            kill -STOP $$
            exec '{program}' "$@"

            """));
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return script;
    }
}
