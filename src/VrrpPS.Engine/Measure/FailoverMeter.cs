using System.Net.Sockets;
using System.Threading.Channels;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;

namespace VrrpPS.Engine.Measure;

/// <summary>
/// Asks a virtual address over and over, on a thread of its own inside a network namespace, and tells when it did not answer, for how
/// long, and who answered before and afterwards. Needs no engine; who answers is seen with CAP_NET_RAW only.
/// </summary>
public sealed class FailoverMeter : IDisposable
{
    private const int MostWaiting = 10_000;

    private readonly Channel<VipOutage> _outages = Channel.CreateBounded<VipOutage>(
        new BoundedChannelOptions(MostWaiting) { SingleWriter = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<VipMeasurement> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FailoverMeterOptions _options;
    private readonly MeterLoop _loop;
    private readonly Thread _thread;
    private bool _disposed;

    private FailoverMeter(FailoverMeterOptions options, TimeProvider time)
    {
        _options = options;
        _loop = new MeterLoop(options, time, outage => _outages.Writer.TryWrite(outage));
        _thread = new Thread(Run) { IsBackground = true, Name = "VrrpPS meter" };
    }

    /// <summary>What is measured.</summary>
    public string Address => _options.Address.ToString();

    /// <summary>The outages as they end; the one that goes on at the end comes last. Ends with the measurement.</summary>
    public ChannelReader<VipOutage> Outages => _outages.Reader;

    /// <summary>How it goes at the moment.</summary>
    public MeterProgress Progress => _loop.Progress;

    /// <summary>Starts to measure; returns when the first probe is about to leave.</summary>
    /// <param name="options">What to measure and how.</param>
    /// <param name="time">The clock for times of day; by default the system's.</param>
    /// <exception cref="VrrpException">
    /// PlatformNotSupported, NamespaceNotFound, InterfaceNotFound, MissingCapability, InvalidAddress (the URI), KernelRefused.
    /// </exception>
    public static FailoverMeter Start(FailoverMeterOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        LinuxPlatform.Require();
        if (options.Uri is { } uri && !(uri.IsAbsoluteUri && uri.Scheme is "http" or "https"))
        {
            throw VrrpErrors.NotHttp(uri);
        }

        var meter = new FailoverMeter(options, time ?? TimeProvider.System);
        meter._thread.Start();
        try
        {
            meter._started.Task.GetAwaiter().GetResult();
            return meter;
        }
        catch
        {
            meter.Dispose();
            throw;
        }
    }

    /// <summary>Ends the measurement and tells all of it. Probes that were still open count neither as sent nor as lost.</summary>
    /// <exception cref="VrrpException">What ended it before.</exception>
    public VipMeasurement Stop()
    {
        _loop.Stop();
        return _ended.Task.GetAwaiter().GetResult();
    }

    /// <summary>Ends the measurement.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _loop.Stop();
        _thread.Join();
        _loop.Dispose();
    }

    private void Run()
    {
        try
        {
            _ = _ended.TrySetResult(_loop.Run(_started.SetResult));
            _ = _outages.Writer.TryComplete();
        }
        catch (Exception e)
        {
            // Nothing may end the process from here: whoever waits gets it.
            var failure = Translate(e);
            _ = _ended.TrySetException(failure);
            _ = _ended.Task.Exception;
            _ = _started.TrySetException(failure);
            _ = _outages.Writer.TryComplete(failure);
        }
    }

    private Exception Translate(Exception failure) => failure switch
    {
        KernelException e => VrrpErrors.KernelRefused(e, _options.Address.ToString()),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => VrrpErrors.MissingCapability(Capabilities.NetRaw),
        SocketException e => VrrpErrors.KernelRefused(new KernelException($"open a socket towards {_options.Address}", e.NativeErrorCode), _options.Address.ToString()),
        _ => failure,
    };
}
