using System.Collections.Concurrent;
using VrrpPS.Engine.Runtime;
using VrrpPS.Transitions;

namespace VrrpPS.Jobs;

/// <summary>The jobs of the running instances. The engine, not a job, owns addresses: a job that is removed loses only its view.</summary>
internal static class JobTable
{
    private static readonly ConcurrentDictionary<InstanceKey, VrrpJob> Jobs = new();

    /// <summary>Adds the job of an instance that is about to start.</summary>
    internal static void Add(VrrpJob job) => Jobs[job.Key] = job;

    /// <summary>The job of a running instance.</summary>
    internal static VrrpJob? Find(InstanceKey key) => Jobs.GetValueOrDefault(key);

    /// <summary>The instance has ended; its job and its transition script with it.</summary>
    internal static VrrpJob? Take(InstanceKey key)
    {
        TransitionScripts.Set(key, script: null);
        return Jobs.TryRemove(key, out var job) ? job : null;
    }

    /// <summary>Gives an event to the job of its instance.</summary>
    internal static void Dispatch(VrrpEvent item) => Find(new InstanceKey(item.Name, item.NetworkNamespace))?.Receive(item);

    /// <summary>The engine was shut down.</summary>
    internal static void StopAll()
    {
        foreach (var key in Jobs.Keys)
        {
            Take(key)?.MarkStopped();
        }
    }

    /// <summary>The engine is gone.</summary>
    internal static void FailAll(Exception reason)
    {
        foreach (var key in Jobs.Keys)
        {
            Take(key)?.MarkFailed(reason);
        }
    }
}
