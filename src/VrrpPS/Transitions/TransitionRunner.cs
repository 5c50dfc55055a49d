using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace VrrpPS.Transitions;

/// <summary>Runs a script for one transition after the other in a runspace of its own.</summary>
internal sealed class TransitionRunner(Action<string> report) : IDisposable
{
    /// <summary>A runspace of that name does not count as a user of the module, or it would keep the engine alive.</summary>
    private const string RunspaceName = "VrrpPS transition";

    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(2);

    private Runspace? _runspace;

    /// <summary>Whether a runspace belongs to a transition script.</summary>
    internal static bool Owns(Runspace runspace) => string.Equals(runspace.Name, RunspaceName, StringComparison.Ordinal);

    /// <summary>Runs the script with <c>$_</c> as the transition; errors, and a run that takes too long, are reported.</summary>
    internal void Run(TransitionScript script, VrrpTransition transition, CancellationToken cancellationToken)
    {
        var runspace = Open();
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        runspace.SessionStateProxy.SetVariable("_", transition);
        _ = shell.AddScript(script.Text);
        if (script.UsingValues.Count > 0)
        {
            _ = shell.AddParameter("--%", script.UsingValues);
        }

        var running = shell.BeginInvoke();
        int ended = WaitHandle.WaitAny([running.AsyncWaitHandle, cancellationToken.WaitHandle], script.Timeout);
        if (ended == 0)
        {
            Collect(shell, running, transition);
            return;
        }

        report(ended == 1
            ? $"The script for '{transition}' did not end in the time there is at the end, and was stopped."
            : $"The script for '{transition}' did not end within {script.Timeout.TotalSeconds:0.#} s and was stopped. Let it do less, or give it more with -OnTransitionTimeout.");
        if (!shell.BeginStop(null, null).AsyncWaitHandle.WaitOne(StopBound))
        {
            // It sits in something that cannot be stopped: the next run gets another runspace.
            _runspace = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runspace?.Dispose();
        _runspace = null;
    }

    private Runspace Open()
    {
        if (_runspace is { RunspaceStateInfo.State: RunspaceState.Opened, RunspaceAvailability: RunspaceAvailability.Available } open)
        {
            return open;
        }

        _runspace?.CloseAsync();
        var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault());
        runspace.Name = RunspaceName;
        runspace.Open();
        return _runspace = runspace;
    }

    private void Collect(PowerShell shell, IAsyncResult running, VrrpTransition transition)
    {
        try
        {
            shell.EndInvoke(running).Dispose();
        }
        catch (RuntimeException exception)
        {
            report($"The script for '{transition}' failed: {exception.Message}");
        }

        foreach (var error in shell.Streams.Error)
        {
            report($"The script for '{transition}' had an error: {error}");
        }
    }
}
