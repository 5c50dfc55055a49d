using System.Diagnostics;
using System.Runtime.CompilerServices;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Support;

/// <summary>
/// This test program as a process of its own that can be killed: started with a role in its environment it plays that role
/// instead of running tests, says "ready" and lasts until its standard input ends.
/// </summary>
internal static class TestProcess
{
    private const string RoleVariable = "VRRPPS_TEST_ROLE";

    private static string Program => Path.Combine(AppContext.BaseDirectory, "VrrpPS.Engine.Tests");

    /// <summary>Starts a role inside a host's namespace and waits until it is ready.</summary>
    public static Process Start(TestHost host, params string[] role)
    {
        var process = host.Start(Program, new Dictionary<string, string> { [RoleVariable] = string.Join(' ', role) });
        string? line = process.StandardOutput.ReadLine();
        if (line != "ready")
        {
            process.Kill();
            Assert.Fail($"The role did not start: {line} {process.StandardError.ReadToEnd()}");
        }

        return process;
    }

    /// <summary>
    /// Plays a role without some capabilities, outside any test namespace, and returns what it printed.
    /// </summary>
    public static string RunWithout(string capabilities, params string[] role)
    {
        var start = new ProcessStartInfo("setpriv", ["--bounding-set", capabilities, "--inh-caps", "-all", Program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[RoleVariable] = string.Join(' ', role);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(Eventually.DefaultBound))
        {
            process.Kill();
            Assert.Fail($"The role does not end.");
        }

        return output;
    }

    /// <summary>Plays a role as another user, outside any test namespace; the caller ends it by closing its standard input.</summary>
    /// <param name="user">The options of setpriv that choose the user and the groups.</param>
    /// <param name="role">The role.</param>
    public static Process StartAs(string[] user, params string[] role)
    {
        var start = new ProcessStartInfo("setpriv", [.. user, Program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[RoleVariable] = string.Join(' ', role);
        return Process.Start(start)!;
    }

    [ModuleInitializer]
    internal static void PlayRole()
    {
        if (Environment.GetEnvironmentVariable(RoleVariable) is not { Length: > 0 } text)
        {
            return;
        }

        string[] role = text.Split(' ');
        switch (role[0])
        {
            case "guard":
                HoldGuarded([.. role.Skip(1).Select(InetAddress.Parse)]);
                break;
            case "lock":
                using (SpeakerLock.Acquire(
                    TestHost.InterfaceName, FindInterface(role.ElementAtOrDefault(2) ?? TestHost.InterfaceName), AddressFamily.IPv4, byte.Parse(role[1])))
                {
                    WaitForEnd();
                }

                break;
            case "enter":
                Report(() =>
                {
                    using var target = NetworkNamespace.Open(role[1]);
                    target.RunInside(static () => { });
                });
                break;
            case "require":
                Report(static () => ProcessCapabilities.Require(Capabilities.NetAdmin | Capabilities.NetRaw));
                break;
            case "ask":
                Control.ForeignClient.Ask(role[1], role[2]);
                break;
            case "pester":
                Control.ForeignClient.Pester(role[1], role[2]);
                break;
            case "engine":
                Runtime.EngineProcess.Play(role[1..], WaitForEnd);
                break;
            case "cycles":
                Runtime.StartStopTests.Play(role[1]);
                WaitForInputEnd();
                break;
            default:
                throw new InvalidOperationException($"There is no role '{role[0]}'.");
        }

        Environment.Exit(0);
    }

    private static void Report(Action action)
    {
        try
        {
            action();
            Console.Out.WriteLine("done");
        }
        catch (VrrpException exception)
        {
            Console.Out.WriteLine($"{exception.ErrorId}: {exception.Message}");
        }
    }

    private static void HoldGuarded(InetAddress[] addresses)
    {
        using var guard = AddressGuard.Start();
        using var netlink = RouteNetlink.Open();
        int index = FindInterface(TestHost.InterfaceName);
        guard.Update(addresses.Select(static address => new GuardedAddress(address, (byte)(address.Length * 8), TestHost.InterfaceName)));
        foreach (var address in addresses)
        {
            netlink.AddAddress(new AddressAssignment(index, address, (byte)(address.Length * 8))
            {
                Flags = AddressFlags.NoDuplicateDetection,
                Protocol = AddressProtocol.VrrpPS,
            });
        }

        WaitForEnd();
    }

    private static int FindInterface(string name)
    {
        using var netlink = RouteNetlink.Open();
        return netlink.FindLink(name)!.Index;
    }

    private static void WaitForEnd()
    {
        Console.Out.WriteLine("ready");
        Console.Out.Flush();
        WaitForInputEnd();
    }

    private static void WaitForInputEnd() => _ = Console.In.ReadToEnd();
}
