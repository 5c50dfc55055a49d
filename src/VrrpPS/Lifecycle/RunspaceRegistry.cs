using System.Management.Automation.Runspaces;
using VrrpPS.Transitions;

namespace VrrpPS.Lifecycle;

/// <summary>
/// Which runspaces of this process have the module. A runspace that closes or removes the module must not take the virtual
/// address from the others (every ForEach-Object -Parallel closes some), so only the last one ends the engine.
/// </summary>
internal static class RunspaceRegistry
{
    private static readonly Lock Gate = new();

    /// <summary>Weak, because PowerShell forgets some runspaces without closing them (those of <c>[powershell]::Create(state)</c>).</summary>
    private static readonly Dictionary<Guid, WeakReference<Runspace>> Members = [];

    /// <summary>The number of runspaces that have the module.</summary>
    internal static int Count
    {
        get
        {
            lock (Gate)
            {
                ForgetTheDead();
                return Members.Count;
            }
        }
    }

    /// <summary>The runspace has imported the module.</summary>
    internal static void Enter(Runspace runspace)
    {
        if (TransitionRunner.Owns(runspace))
        {
            return;
        }

        lock (Gate)
        {
            if (!Members.TryAdd(runspace.InstanceId, new WeakReference<Runspace>(runspace)))
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
            bool wasMember = Members.Remove(runspace.InstanceId);
            ForgetTheDead();
            return wasMember && Members.Count == 0;
        }
    }

    private static void ForgetTheDead()
    {
        foreach (var (id, reference) in Members.ToArray())
        {
            if (!reference.TryGetTarget(out var runspace) || HasEnded(runspace.RunspaceStateInfo.State))
            {
                _ = Members.Remove(id);
            }
        }
    }

    private static bool HasEnded(RunspaceState state) => state is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken;

    private static void OnStateChanged(object? sender, RunspaceStateEventArgs change)
    {
        if (HasEnded(change.RunspaceStateInfo.State) && sender is Runspace runspace && Leave(runspace))
        {
            EngineHost.Shutdown();
        }
    }
}
