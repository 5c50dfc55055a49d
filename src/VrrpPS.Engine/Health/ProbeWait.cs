using VrrpPS.Engine.Linux;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Health;

/// <summary>Waits for a descriptor, a time or the end, whichever comes first. For one thread.</summary>
internal sealed class ProbeWait : IDisposable
{
    private const int StopToken = 0;
    private const int InputToken = 1;

    private readonly EventPoll _poll = new();
    private readonly EventFd _stop = new();
    private CancellationTokenRegistration _registration;
    private bool _isRegistered;

    /// <summary>Waits for that descriptor as well.</summary>
    public ProbeWait(int fileDescriptor)
    {
        _poll.Add(_stop.FileDescriptor, StopToken);
        _poll.Add(fileDescriptor, InputToken);
    }

    /// <summary>Whether the descriptor has input; false when the time is over or the thread is to end.</summary>
    public bool HasInput(Instant until, CancellationToken cancellationToken)
    {
        if (!_isRegistered)
        {
            _isRegistered = true;
            _registration = cancellationToken.Register(_stop.Signal);
        }

        return !cancellationToken.IsCancellationRequested && _poll.Wait(until).Contains(InputToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _poll.Dispose();
        _stop.Dispose();
    }
}
