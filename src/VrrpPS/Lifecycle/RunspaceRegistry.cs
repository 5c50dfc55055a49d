using System.Management.Automation.Runspaces;

namespace VrrpPS.Lifecycle;

/// <summary>
/// Which runspaces of this process have the module. A runspace that closes or removes the module must not take the virtual
/// address from the others (every ForEach-Object -Parallel closes some), so only the last one ends the engine.
/// </summary>
internal static class RunspaceRegistry
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<Guid> Members = [];

    /// <summary>The number of runspaces that have the module.</summary>
    internal static int Count
    {
        get
        {
            lock (Gate)
            {
                return Members.Count;
            }
        }
    }

    /// <summary>The runspace has imported the module.</summary>
    internal static void Enter(Runspace runspace)
    {
        lock (Gate)
        {
            if (!Members.Add(runspace.InstanceId))
            {
                return;
            }
        }

        runspace.StateChanged += OnStateChanged;
    }

    /// <summary>The runspace no longer has the module; true when it was the last one that had.</summary>
    internal static bool Leave(Runspace runspace)
    {
        runspace.StateChanged -= OnStateChanged;
        lock (Gate)
        {
            return Members.Remove(runspace.InstanceId) && Members.Count == 0;
        }
    }

    private static void OnStateChanged(object? sender, RunspaceStateEventArgs change)
    {
        bool ends = change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken;
        if (ends && sender is Runspace runspace && Leave(runspace))
        {
            EngineHost.Shutdown();
        }
    }
}
