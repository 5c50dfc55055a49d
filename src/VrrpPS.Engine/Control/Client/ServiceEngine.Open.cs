using System.Net.Sockets;
using VrrpPS.Engine.Control.Messages;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Control.Client;

/// <content>Finding the service.</content>
public sealed partial class ServiceEngine
{
    private const int ConnectAttempts = 40;
    private static readonly TimeSpan s_connectPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Connects to a service.</summary>
    /// <exception cref="VrrpException">ServiceUnreachable, ServiceBusy or ServiceProtocol.</exception>
    public static ServiceEngine Open(string path)
        => TryOpen(path, out string? why) ?? throw VrrpErrors.ServiceUnreachable(path, why!);

    /// <summary>Connects to the service in the usual place.</summary>
    /// <exception cref="VrrpException">ServiceUnreachable, ServiceBusy or ServiceProtocol.</exception>
    public static ServiceEngine OpenDefault()
        => TryOpenDefault() ?? throw VrrpErrors.ServiceUnreachable(ControlSocketPath.Defaults());

    /// <summary>Connects to the service in the usual place; null when none is there.</summary>
    /// <exception cref="VrrpException">Somebody is there: ServiceUnreachable when he does not answer, ServiceBusy or ServiceProtocol.</exception>
    public static ServiceEngine? TryOpenDefault()
        => ControlSocketPath.Defaults().Select(static path => TryOpen(path, out _)).FirstOrDefault(static engine => engine is not null);

    /// <summary>Connects to a service; null when nobody listens there.</summary>
    private static ServiceEngine? TryOpen(string path, out string? why)
    {
        why = "there is no such socket";
        if (!File.Exists(path))
        {
            return null;
        }

        var socket = new Socket(System.Net.Sockets.AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            Connect(socket, path);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            socket.Dispose();
            why = exception.Message.TrimEnd('.');
            return exception is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? null : throw VrrpErrors.ServiceUnreachable(path, why, exception);
        }

        var engine = new ServiceEngine(path, socket);
        try
        {
            engine.Greet();
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private static void Connect(Socket socket, string path)
    {
        var endPoint = new UnixDomainSocketEndPoint(System.IO.Path.GetFullPath(path));
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                socket.Blocking = false;
                socket.Connect(endPoint);
                socket.Blocking = true;
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain && attempt < ConnectAttempts)
            {
                // So many connect at the same time that the queue is full; a blocking connect would wait for ever.
                using var pause = new ManualResetEventSlim();
                _ = pause.Wait(s_connectPause);
            }
        }
    }

    private void Greet()
    {
        var hello = Read(ControlMethods.Hello, ControlJsonContext.Shared.HelloResult);
        if (hello.Protocol != ControlProtocol.Version)
        {
            throw VrrpErrors.ServiceProtocol(Path, $"{hello.Product} {hello.Version} speaks protocol {hello.Protocol}, this is {ControlProtocol.Version}");
        }

        Version = hello.Version;
        MayChange = hello.MayChange;
    }
}
