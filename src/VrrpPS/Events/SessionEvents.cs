using VrrpPS.Jobs;
using VrrpPS.Transitions;

namespace VrrpPS;

/// <summary>Everything that the engine of this process reports, whichever engine that is at the moment.</summary>
internal static class SessionEvents
{
    /// <summary>Raised on the engine's event thread.</summary>
    internal static event Action<VrrpEvent>? Raised;

    /// <summary>Gives an event to the job of its instance, to its transition script and to all registered for it.</summary>
    internal static void Dispatch(VrrpEvent item)
    {
        // First: the event may end the instance's job.
        TransitionScripts.Dispatch(item);
        Tell(item);
    }

    /// <summary>Gives an event to the job of its instance and to all registered for it; for what did not come from the engine.</summary>
    internal static void Tell(VrrpEvent item)
    {
        JobTable.Dispatch(item);
        Raised?.Invoke(item);
    }
}
