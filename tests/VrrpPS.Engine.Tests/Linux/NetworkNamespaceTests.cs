using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux;

public sealed class NetworkNamespaceTests
{
    [Theory]
    [InlineData("vrrpps-no-such")]
    [InlineData("../../proc/self/ns/net")]
    [InlineData("")]
    [InlineData("..")]
    public void Missing_namespace_is_refused_by_name(string name)
    {
        var error = Assert.Throws<VrrpException>(() => NetworkNamespace.Open(name));
        Assert.Equal(ErrorIds.NamespaceNotFound, error.ErrorId);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_lists_those_that_exist_or_how_to_make_one()
    {
        Assert.Contains("red, white", VrrpErrors.NamespaceNotFound("blue", ["red", "white"]).Message, StringComparison.Ordinal);
        Assert.Contains("ip netns add 'blue'", VrrpErrors.NamespaceNotFound("blue", []).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Created_namespace_is_another_one_until_it_is_deleted()
    {
        RequiresRoot.OrSkip();
        string name = $"vrrpps-{Environment.ProcessId}-made";
        using (var made = NetworkNamespace.Create(name))
        {
            try
            {
                using var own = NetworkNamespace.OpenCurrent();
                using var again = NetworkNamespace.Open(name);
                Assert.NotEqual(own.Identity, made.Identity);
                Assert.Equal(made.Identity, again.Identity);
                Assert.Contains(name, NetworkNamespace.ListNames());
                Assert.Equal(made.Identity, made.RunInside(static () =>
                {
                    using var inside = NetworkNamespace.OpenCurrent();
                    return inside.Identity;
                }));
                Assert.Equal(["lo"], made.RunInside(static () =>
                {
                    using var netlink = RouteNetlink.Open();
                    return netlink.GetLinks().Select(static link => link.Name).ToArray();
                }));
                Assert.Equal("EEXIST", Assert.Throws<KernelException>(() => NetworkNamespace.Create(name)).ErrnoName);
            }
            finally
            {
                NetworkNamespace.Delete(name);
            }
        }

        Assert.DoesNotContain(name, NetworkNamespace.ListNames());
        Assert.Throws<VrrpException>(() => NetworkNamespace.Open(name));
        NetworkNamespace.Delete(name);
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void File_that_is_no_namespace_is_refused()
    {
        RequiresRoot.OrSkip();
        string name = $"vrrpps-{Environment.ProcessId}-file";
        _ = Directory.CreateDirectory("/run/netns");
        File.WriteAllText($"/run/netns/{name}", string.Empty);
        try
        {
            Assert.Equal(ErrorIds.NamespaceNotFound, Assert.Throws<VrrpException>(() => NetworkNamespace.Open(name)).ErrorId);
        }
        finally
        {
            NetworkNamespace.Delete(name);
        }
    }

    [Fact]
    public async Task Pool_thread_is_refused()
    {
        using var own = NetworkNamespace.OpenCurrent();
        await Task.Run(() => Assert.Throws<InvalidOperationException>(own.Enter), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Error_inside_is_thrown_outside()
    {
        using var own = NetworkNamespace.OpenOrCurrent(null);
        Assert.Throws<FormatException>(() => own.RunInside(static () => throw new FormatException()));
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Entering_without_the_capability_names_it_and_the_ways_out()
    {
        const string setpriv = "/usr/bin/setpriv";
        using var network = TestNetwork.Create(1);
        Assert.SkipUnless(File.Exists(setpriv), "setpriv (util-linux) is not installed");
        string output = TestProcess.RunWithout("-sys_admin,-net_raw", "enter", network[0].NamespaceName);
        Assert.Contains("MissingCapability", output, StringComparison.Ordinal);
        Assert.Contains("CAP_SYS_ADMIN", output, StringComparison.Ordinal);
        output = TestProcess.RunWithout("-sys_admin,-net_raw", "require");
        Assert.Contains("MissingCapability", output, StringComparison.Ordinal);
        Assert.Contains("lacks CAP_NET_RAW.", output, StringComparison.Ordinal);
    }
}
