using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Notification.Mail;

/// <summary>
/// Connects to a mail server from the calling thread and so in that thread's network namespace: name look-up, socket and TLS
/// all block here, none of them uses another thread.
/// </summary>
internal static class MailConnection
{
    /// <summary>Connects, hands the message over and closes.</summary>
    /// <returns>The recipients that the server refused, with its words.</returns>
    public static IReadOnlyList<string> Send(MailOptions options, string message, TimeProvider time, CancellationToken cancellationToken)
    {
        using var socket = Connect(options);

        // A server that answers byte by byte keeps every single time-out: the whole has one of its own.
        using var deadline = time.CreateTimer(static state => ((Socket)state!).Dispose(), socket, options.Timeout * 5, Timeout.InfiniteTimeSpan);
        using var cancelled = cancellationToken.UnsafeRegister(static state => ((Socket)state!).Dispose(), socket);
        int milliseconds = (int)options.Timeout.TotalMilliseconds;
        socket.ReceiveTimeout = milliseconds;
        socket.SendTimeout = milliseconds;
        Stream? secured = null;
        try
        {
            using var plain = new NetworkStream(socket, ownsSocket: false);
            Stream Secure(Stream stream) => secured = Protect(stream, options);
            return new SmtpSession(options.Security == MailSecurity.Tls ? Secure(plain) : plain, options, Secure).Send(message);
        }
        catch (ObjectDisposedException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException($"{options.Server} did not end the conversation in time", exception);
        }
        finally
        {
            secured?.Dispose();
        }
    }

    private static Socket Connect(MailOptions options)
    {
        SocketException? last = null;
        foreach (var address in Dns.GetHostAddresses(options.Server))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                Connect(socket, new IPEndPoint(address, options.EffectivePort), options.Timeout);
                return socket;
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                last = exception;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static void Connect(Socket socket, IPEndPoint server, TimeSpan timeout)
    {
        socket.Blocking = false;
        try
        {
            socket.Connect(server);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            if (!socket.Poll(timeout, SelectMode.SelectWrite))
            {
                throw new SocketException((int)SocketError.TimedOut);
            }

            int error = (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
            if (error != 0)
            {
                throw new SocketException(error);
            }
        }

        socket.Blocking = true;
    }

    private static SslStream Protect(Stream stream, MailOptions options)
    {
        var secured = new SslStream(stream, leaveInnerStreamOpen: true);
        var how = new SslClientAuthenticationOptions { TargetHost = options.Server };
        if (options.CertificateAuthorityFile is { } file)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(file);
            how.CertificateChainPolicy = policy;
        }

        try
        {
            secured.AuthenticateAsClient(how);
            return secured;
        }
        catch
        {
            secured.Dispose();
            throw;
        }
    }
}
