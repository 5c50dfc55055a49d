using VrrpPS.Engine.Runtime;
using VrrpPS.Jobs;
using VrrpPS.Transitions;

namespace VrrpPS.Lifecycle;

/// <summary>
/// The engine of this process. There is one whatever the number of runspaces: two engines would fight over the same
/// addresses. It is made by the first command that needs it and lives until the last runspace with the module goes.
/// </summary>
internal static class EngineHost
{
    /// <summary>The engine's own hand-over bound is 10 s; this only guards against an engine that does not answer.</summary>
    private static readonly TimeSpan ShutdownBound = TimeSpan.FromSeconds(15);

    /// <summary>How long the end waits for scripts that are told of the last transitions.</summary>
    private static readonly TimeSpan ScriptBound = TimeSpan.FromSeconds(3);

    private static readonly Lock Gate = new();
    private static IVrrpEngine? _engine;

    /// <summary>Makes the engine; tests put theirs here before the first command.</summary>
    internal static Func<IVrrpEngine> Factory { get; set; } = static () => new VrrpEngine();

    /// <summary>The engine if one was needed so far.</summary>
    internal static IVrrpEngine? Current
    {
        get
        {
            lock (Gate)
            {
                return _engine;
            }
        }
    }

    /// <summary>The engine, made now if this is the first time, together with everything that must end it.</summary>
    internal static IVrrpEngine GetOrCreate()
    {
        lock (Gate)
        {
            if (_engine is null)
            {
                _engine = Factory();
                _engine.EventRaised += SessionEvents.Dispatch;
                ProcessShutdown.Arm();
            }

            return _engine;
        }
    }

    /// <summary>
    /// Hands every Master role over, releases all addresses and ends the engine; bounded, and harmless when called twice or
    /// from several threads: whoever comes second waits for the first.
    /// </summary>
    internal static void Shutdown()
    {
        var engine = Current;
        if (engine is null)
        {
            return;
        }

        try
        {
            _ = engine.ShutdownAsync(StopOptions.Default).Wait(ShutdownBound);
        }
        catch (AggregateException failure)
        {
            JobTable.FailAll(failure.GetBaseException());
        }

        lock (Gate)
        {
            if (!ReferenceEquals(_engine, engine))
            {
                return;
            }

            _engine = null;
        }

        engine.Dispose();
        engine.EventRaised -= SessionEvents.Dispatch;
        JobTable.StopAll();
        TransitionScripts.Finish(ScriptBound);
    }
}
