using System.Net.Sockets;
using VrrpPS.Engine.Control;
using VrrpPS.Engine.Control.Server;
using VrrpPS.Engine.Errors;
using Xunit;

namespace VrrpPS.Engine.Tests.Control;

public sealed class ControlSocketTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vrrpps-test-");

    private string SocketPath => Path.Combine(_directory.FullName, "made", "control.sock");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void It_is_removed_at_the_end()
    {
        using (ControlSocket.Bind(SocketPath))
        {
            Assert.True(File.Exists(SocketPath));
        }

        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public void A_socket_whose_owner_is_gone_is_replaced()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // Closing a socket removes its file, so a killed owner's is made by moving it out of reach.
            var bound = Path.Combine(_directory.FullName, "bound.sock");
            dead.Bind(new UnixDomainSocketEndPoint(bound));
            File.Move(bound, SocketPath);
        }

        Assert.True(File.Exists(SocketPath));
        using var socket = ControlSocket.Bind(SocketPath);

        Connect(SocketPath);
    }

    [Fact]
    public void A_socket_somebody_serves_is_left_alone()
    {
        using var first = ControlSocket.Bind(SocketPath);

        var exception = Assert.Throws<VrrpException>(() => ControlSocket.Bind(SocketPath));

        Assert.Equal(ErrorIds.ControlSocketInUse, exception.ErrorId);
        Assert.Contains(SocketPath, exception.Message, StringComparison.Ordinal);
        Connect(SocketPath);
    }

    [Fact]
    public void A_file_that_is_no_socket_is_left_alone()
    {
        var path = Path.Combine(_directory.FullName, "precious.txt");
        File.WriteAllText(path, "precious");

        var exception = Assert.Throws<VrrpException>(() => ControlSocket.Bind(path));

        Assert.Equal(ErrorIds.ControlSocketUnusable, exception.ErrorId);
        Assert.Equal("precious", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a-path-that-is-far-too-long-for-a-unix-socket/a-path-that-is-far-too-long-for-a-unix-socket/a-path-that-is-far-too-long")]
    [InlineData("/proc/there-is-no-such-place/control.sock")]
    public void A_path_that_cannot_be_bound_is_named(string path)
    {
        var exception = Assert.Throws<VrrpException>(() => ControlSocket.Bind(path));

        Assert.Equal(ErrorIds.ControlSocketUnusable, exception.ErrorId);
        Assert.Contains($"'{path}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_path_the_first_place_that_works_is_taken()
    {
        using var socket = ControlSocket.BindDefault(["/proc/there-is-no-such-place/control.sock", SocketPath]);

        Assert.Equal(SocketPath, socket.Path);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("", 1)]
    [InlineData("/run/user/1000", 2)]
    public void The_defaults_are_the_system_place_and_then_the_users(string? runtimeDirectory, int count)
    {
        var paths = ControlSocketPath.Defaults(runtimeDirectory);

        Assert.Equal(count, paths.Count);
        Assert.Equal("/run/vrrpps/control.sock", paths[0]);
        Assert.Equal(count == 2, paths[^1] == "/run/user/1000/vrrpps.sock");
    }

    /// <summary>Fails when nobody listens there.</summary>
    private static void Connect(string path)
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
    }
}
