using System.Diagnostics;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Support;

/// <summary>One host of a <see cref="TestNetwork"/>: a named namespace with one interface, <c>eth0</c>.</summary>
internal sealed class TestHost
{
    public const string InterfaceName = "eth0";

    internal TestHost(NetworkNamespace networkNamespace, LinkInfo link, InetAddress ipv4, InetAddress ipv6)
    {
        Namespace = networkNamespace;
        InterfaceIndex = link.Index;
        MacAddress = link.MacAddress;
        IPv4 = ipv4;
        IPv6 = ipv6;
    }

    public NetworkNamespace Namespace { get; }

    /// <summary>The namespace's name, as configurations name it.</summary>
    public string NamespaceName => Namespace.Name!;

    public int InterfaceIndex { get; }

    public MacAddress MacAddress { get; }

    /// <summary>The host's own address in 192.0.2.0/24.</summary>
    public InetAddress IPv4 { get; }

    /// <summary>The host's own address in 2001:db8::/64.</summary>
    public InetAddress IPv6 { get; }

    /// <summary>The host's link-local address.</summary>
    public InetAddress LinkLocal => GetAddresses()
        .Where(static info => info.Address.Family == AddressFamily.IPv6 && info.Address.IsLinkLocal)
        .Select(static info => info.Address)
        .First();

    /// <summary>Runs code inside the namespace on a thread of its own.</summary>
    public void Run(Action action) => Namespace.RunInside(action);

    /// <summary>Runs code inside the namespace on a thread of its own.</summary>
    public T Run<T>(Func<T> function) => Namespace.RunInside(function);

    /// <summary>Talks netlink inside the namespace.</summary>
    public T Netlink<T>(Func<RouteNetlink, T> function) => Run(() =>
    {
        using var netlink = RouteNetlink.Open();
        return function(netlink);
    });

    /// <summary>Talks netlink inside the namespace.</summary>
    public void Netlink(Action<RouteNetlink> action) => Run(() =>
    {
        using var netlink = RouteNetlink.Open();
        action(netlink);
    });

    /// <summary>The addresses of <c>eth0</c>.</summary>
    public IReadOnlyList<AddressInfo> GetAddresses() => Netlink(netlink => netlink.GetAddresses(InterfaceIndex));

    /// <summary>Whether <c>eth0</c> has an address, whatever its prefix length.</summary>
    public bool Has(InetAddress address) => GetAddresses().Any(info => info.Address == address);

    /// <summary>Enables or disables <c>eth0</c>.</summary>
    public void SetLink(bool up) => Netlink(netlink =>
    {
        if (up)
        {
            netlink.SetLinkUp(InterfaceIndex);
        }
        else
        {
            netlink.SetLinkDown(InterfaceIndex);
        }
    });

    /// <summary>Installs nftables rules (the text of a file) inside the namespace.</summary>
    public void AddFirewallRules(string rules)
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/nft"), "nft (nftables) is not installed");
        var (exitCode, output) = Execute("/usr/sbin/nft", rules, "-f", "-");
        Assert.True(exitCode == 0, output);
    }

    /// <summary>Starts a program inside the namespace with all its streams redirected. The caller ends it.</summary>
    public Process Start(string program, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
        => Start(Namespace, program, environment, arguments);

    /// <summary>Runs a program inside the namespace to its end, at most 15 s.</summary>
    public (int ExitCode, string Output) Execute(string program, string input, params string[] arguments) => Execute(Namespace, program, input, arguments);

    /// <summary>Runs a program inside a namespace to its end, at most 15 s.</summary>
    internal static (int ExitCode, string Output) Execute(NetworkNamespace inside, string program, string input, params string[] arguments)
    {
        using var process = Start(inside, program, null, arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(Eventually.DefaultBound))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} does not end.");
        }

        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    private static Process Start(
        NetworkNamespace inside, string program, IReadOnlyDictionary<string, string>? environment, params string[] arguments) => inside.RunInside(() =>
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    });
}
