using System.Threading.Channels;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;

namespace VrrpPS.Engine.Watch;

/// <summary>
/// Listens passively to the advertisements on live interfaces of one network namespace, on a thread of its own. Needs only
/// CAP_NET_RAW and no running engine (another namespace: CAP_SYS_ADMIN too). Interfaces that appear later are heard as well.
/// </summary>
public sealed class AdvertWatcher : IDisposable
{
    private readonly Channel<VrrpAdvert> _channel;
    private readonly AdvertListener _listener;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _dropped;

    private AdvertWatcher(AdvertWatchOptions options, TimeProvider time)
    {
        _channel = Channel.CreateBounded<VrrpAdvert>(new BoundedChannelOptions(options.QueueLength) { SingleWriter = true });
        _listener = new AdvertListener(options, time, Deliver);
        _thread = new Thread(Run) { IsBackground = true, Name = "VrrpPS watch" };
    }

    /// <summary>The advertisements. Ends when the watcher is disposed, or with the error that ended it.</summary>
    public ChannelReader<VrrpAdvert> Adverts => _channel.Reader;

    /// <summary>How many advertisements were dropped because nobody read them in time.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>
    /// The interfaces listened to at the moment, sorted. None means that no interface that is up matches: it may come later,
    /// or the name is wrong.
    /// </summary>
    public VrrpList<string> Interfaces => _listener.Interfaces;

    /// <summary>Starts to listen; returns once everything that arrives from now on is heard.</summary>
    /// <param name="options">What to listen to.</param>
    /// <param name="time">The clock for time stamps that the kernel does not give; by default the system's.</param>
    /// <exception cref="VrrpException">
    /// PlatformNotSupported, NamespaceNotFound, MissingCapability, KernelRefused, or the output file cannot be made.
    /// </exception>
    public static AdvertWatcher Start(AdvertWatchOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        LinuxPlatform.Require();
        var watcher = new AdvertWatcher(options, time ?? TimeProvider.System);
        watcher._thread.Start();
        try
        {
            watcher._started.Task.GetAwaiter().GetResult();
            return watcher;
        }
        catch
        {
            watcher.Dispose();
            throw;
        }
    }

    /// <summary>Waits for advertisements one after the other, on the calling thread.</summary>
    /// <param name="cancellationToken">Ends the enumeration at once, without an error.</param>
    /// <exception cref="VrrpException">What ended the listening.</exception>
    public IEnumerable<VrrpAdvert> Read(CancellationToken cancellationToken = default)
    {
        while (WaitForMore(cancellationToken))
        {
            while (!cancellationToken.IsCancellationRequested && Adverts.TryRead(out var advert))
            {
                yield return advert;
            }
        }
    }

    /// <summary>Stops listening and closes the output file.</summary>
    public void Dispose()
    {
        _listener.Stop();
        _thread.Join();
        _listener.Dispose();
    }

    private bool WaitForMore(CancellationToken cancellationToken)
    {
        try
        {
            return Adverts.WaitToReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Deliver(VrrpAdvert advert)
    {
        if (!_channel.Writer.TryWrite(advert))
        {
            _ = Interlocked.Increment(ref _dropped);
        }
    }

    private void Run()
    {
        Exception? failure = null;
        try
        {
            _listener.Run(_started.SetResult);
        }
        catch (KernelException e)
        {
            failure = VrrpErrors.KernelRefused(e);
        }
        catch (Exception e)
        {
            // Nothing may end the process from here: whoever reads gets it.
            failure = e;
        }

        if (failure is not null)
        {
            _ = _started.TrySetException(failure);
        }

        _ = _channel.Writer.TryComplete(failure);
    }
}
