using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace VrrpPS.Service.Run;

/// <summary>Turns the process's signals into requests, in order. The runtime's own reaction (exit) is cancelled.</summary>
internal sealed class ServiceSignals : IDisposable
{
    private readonly Channel<ServiceRequest> _requests = Channel.CreateUnbounded<ServiceRequest>();
    private readonly PosixSignalRegistration[] _registrations;

    public ServiceSignals()
    {
        IgnoredSignals.Restore();
        _registrations =
        [
            Register(PosixSignal.SIGTERM, ServiceRequest.Stop),
            Register(PosixSignal.SIGQUIT, ServiceRequest.Stop),
            Register(PosixSignal.SIGINT, ServiceRequest.Interrupt),
            Register(PosixSignal.SIGHUP, ServiceRequest.Reload),
        ];
    }

    /// <summary>The requests in the order they came.</summary>
    public ChannelReader<ServiceRequest> Requests => _requests.Reader;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private PosixSignalRegistration Register(PosixSignal signal, ServiceRequest request)
        => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            _requests.Writer.TryWrite(request);
        });
}
