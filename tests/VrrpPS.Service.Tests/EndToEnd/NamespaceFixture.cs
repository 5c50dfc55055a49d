using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Tool.Lab;
using VrrpPS.Service.Native;
using VrrpPS.Service.Tests.Support;

namespace VrrpPS.Service.Tests.EndToEnd;

/// <summary>Two hosts on one bridge, made once for all end-to-end tests; nothing where namespaces cannot be made.</summary>
public sealed class NamespaceFixture : IDisposable
{
    private readonly LabNetwork? _network;

    public NamespaceFixture()
    {
        if (ProcessNative.GetEffectiveUserId() != 0)
        {
            SkipReason = "needs root to make network namespaces";
            return;
        }

        try
        {
            _network = LabNetwork.Build(LabPlan.Create([Node("left"), Node("right")]));
        }
        catch (Engine.Linux.KernelException exception)
        {
            SkipReason = $"the kernel makes no network namespaces here: {exception.Message}";
        }
    }

    /// <summary>Why the tests cannot run; null when they can.</summary>
    public string? SkipReason { get; }

    /// <summary>The namespace of a host, <c>left</c> or <c>right</c>.</summary>
    public static string NamespaceOf(string host) => LabNames.Of(host);

    /// <summary>The IPv4 addresses on a host's interface.</summary>
    public static IReadOnlyList<string> AddressesOf(string host)
    {
        using var target = NetworkNamespace.Open(NamespaceOf(host));
        return target.RunInside<IReadOnlyList<string>>(() =>
        {
            using var netlink = RouteNetlink.Open();
            var link = netlink.FindLink("eth0")!.Index;
            return [.. netlink.GetAddresses(link).Select(a => a.Address.ToString())];
        });
    }

    public void Dispose() => _network?.Dispose();

    private static LabConfiguration Node(string name) => new(name, string.Empty, [Make.Instance(name)]);
}
