using System.Management.Automation;
using System.Runtime.InteropServices;
using VrrpPS.Engine.Errors;
using VrrpPS.Errors;
using VrrpPS.Lifecycle;

namespace VrrpPS.Commands;

/// <summary>
/// What every command of the module does the same way: Ctrl+C cancels at once, a refusal becomes a non-terminating error of
/// its own id and the next object goes on, and where Linux is needed its absence is one clear error.
/// </summary>
public abstract class VrrpCmdlet : PSCmdlet, IDisposable
{
    /// <summary>How long something may take before it shows progress, and how often it does then.</summary>
    private protected static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(500);

    private protected const int ProgressId = 1;

    private readonly CancellationTokenSource _stopping = new();
    private SourceScopes? _scopes;

    /// <summary>Cancelled when the user or the pipeline stops the command.</summary>
    protected CancellationToken StopToken => _stopping.Token;

    /// <summary>Whether the command means nothing without a Linux kernel.</summary>
    protected virtual bool NeedsLinux => true;

    /// <summary>Frees what the command holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what a derived command holds.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
        _scopes?.Dispose();
        _stopping.Dispose();
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        if (NeedsLinux && !PlatformGuard.IsLinux)
        {
            ThrowTerminatingError(ErrorRecords.From(VrrpErrors.NotLinux(RuntimeInformation.OSDescription)));
        }

        Guard(OnBegin, target: null);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(OnProcess, target: null);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(OnEnd, target: null);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stopping.Cancel();

    /// <summary>Before the first object.</summary>
    protected virtual void OnBegin()
    {
    }

    /// <summary>For each object.</summary>
    protected virtual void OnProcess()
    {
    }

    /// <summary>After the last object.</summary>
    protected virtual void OnEnd()
    {
    }

    /// <summary>Runs one step; what it refuses is an error about that step alone.</summary>
    /// <param name="step">The step.</param>
    /// <param name="target">The object it is about, where the refusal names none.</param>
    private protected void Guard(Action step, object? target)
    {
        try
        {
            step();
        }
        catch (VrrpException refusal)
        {
            WriteError(ErrorRecords.From(refusal, target));
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // The user pressed Ctrl+C: nothing to report, the pipeline ends.
        }
    }

    /// <summary>Waits for the engine on the pipeline's thread; Ctrl+C ends the wait at once.</summary>
    private protected void Await(Task task) => task.WaitAsync(StopToken).GetAwaiter().GetResult();

    /// <summary>As <see cref="Await"/>, and shows progress once it takes longer than people wait without a word.</summary>
    /// <param name="task">What to wait for.</param>
    /// <param name="activity">What is going on.</param>
    /// <param name="status">How it goes, asked again and again.</param>
    private protected void AwaitWithProgress(Task task, string activity, Func<string> status)
    {
        bool shown = false;
        while (!task.IsCompleted && Task.WaitAny([task], (int)ProgressEvery.TotalMilliseconds, StopToken) < 0)
        {
            WriteProgress(new ProgressRecord(ProgressId, activity, status()));
            shown = true;
        }

        if (shown)
        {
            EndProgress(activity);
        }

        Await(task);
    }

    /// <summary>Takes the progress away.</summary>
    private protected void EndProgress(string activity)
        => WriteProgress(new ProgressRecord(ProgressId, activity, "Done") { RecordType = ProgressRecordType.Completed });

    /// <summary>Where to look for instances, as -Service and -SocketPath say for the object at hand.</summary>
    private protected InstanceSources SourcesOf(bool service, string? socketPath)
        => (_scopes ??= new SourceScopes(GetUnresolvedProviderPathFromPSPath, WriteWarning)).Of(service, Typed("SocketPath"), socketPath);

    /// <summary>Whether the user gave the parameter.</summary>
    private protected bool Typed(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
