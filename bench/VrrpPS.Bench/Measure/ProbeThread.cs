using VrrpPS.Engine.Linux.Namespaces;

namespace VrrpPS.Bench.Measure;

/// <summary>A thread inside a network namespace that runs until disposed; its failure is thrown there.</summary>
internal sealed class ProbeThread : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;
    private Exception? _failure;
    private bool _ended;

    /// <summary>Starts it.</summary>
    public ProbeThread(NetworkNamespace networkNamespace, string name, Action<CancellationToken> body)
    {
        _thread = new Thread(() =>
        {
            try
            {
                networkNamespace.Enter();
                body(_end.Token);
            }
            catch (Exception exception)
            {
                _failure = exception;
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        _thread.Start();
    }

    /// <summary>Ends it and waits for it.</summary>
    /// <exception cref="BenchException">It had failed before.</exception>
    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _end.Cancel();
        _thread.Join();
        _end.Dispose();
        if (_failure is not null)
        {
            throw new BenchException($"The thread '{_thread.Name}' failed: {_failure}");
        }
    }
}
