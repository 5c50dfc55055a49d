using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime.Routers;

namespace VrrpPS.Engine.Runtime;

/// <content>
/// Which loop serves which namespace. One per name, and those whose namespace has lost its name to another: what runs there is
/// shown and can be stopped, and nothing is started there any more.
/// </content>
public sealed partial class VrrpEngine
{
    private readonly Dictionary<string, NamespaceLoop> _loops = new(StringComparer.Ordinal);
    private readonly List<NamespaceLoop> _namelessLoops = [];

    /// <summary>How many namespaces have a loop.</summary>
    internal int LoopCount
    {
        get
        {
            lock (_lock)
            {
                return _loops.Count + _namelessLoops.Count;
            }
        }
    }

    /// <summary>The loop that has the instance, or would have it.</summary>
    internal NamespaceLoop FindLoop(InstanceKey key)
    {
        lock (_lock)
        {
            _ = _loops.TryGetValue(KeyOf(key.NetworkNamespace), out var named);
            return named is not null && Has(named, key)
                ? named
                : _namelessLoops.Find(loop => Has(loop, key)) ?? named ?? throw VrrpErrors.InstanceNotFound(key.Name, key.NetworkNamespace);
        }
    }

    /// <summary>Ends the threads of namespaces in which no instance is left.</summary>
    internal void CloseIdleLoops()
    {
        lock (_lock)
        {
            foreach (var (key, loop) in _loops.ToArray())
            {
                if (ClosesWhenIdle(loop))
                {
                    _loops.Remove(key);
                }
            }

            _ = _namelessLoops.RemoveAll(ClosesWhenIdle);
        }
    }

    private static bool ClosesWhenIdle(NamespaceLoop loop)
    {
        if (loop.Published.Count > 0)
        {
            return false;
        }

        loop.CloseIfIdle();
        return !loop.IsAlive;
    }

    private static string KeyOf(string? networkNamespace) => networkNamespace ?? string.Empty;

    private static bool Has(NamespaceLoop loop, InstanceKey key) => loop.Published.Any(router => router.Key == key);

    /// <summary>The loop in which an instance is to be started.</summary>
    /// <exception cref="VrrpException">EngineFailed while shutting down; InstanceExists when it runs in the namespace that had the name before.</exception>
    private NamespaceLoop LoopFor(InstanceKey key)
    {
        lock (_lock)
        {
            if (_shutdown is not null)
            {
                throw VrrpErrors.EngineFailed(null);
            }

            string name = KeyOf(key.NetworkNamespace);
            if (_loops.TryGetValue(name, out var existing) && existing.IsAlive && !existing.Opened.IsFaulted)
            {
                if (existing.HasItsName)
                {
                    return existing;
                }

                _loops.Remove(name);
                _namelessLoops.Add(existing);
            }

            if (_namelessLoops.Exists(loop => Has(loop, key)))
            {
                throw VrrpErrors.InstanceInRemovedNamespace(key.Name, name);
            }

            var loop = new NamespaceLoop(this, key.NetworkNamespace);
            _loops[name] = loop;
            return loop;
        }
    }

    /// <summary>A loop that has failed still holds its locks and addresses until it has ended.</summary>
    private Task FailedLoopEndedAsync(string? networkNamespace)
    {
        lock (_lock)
        {
            return _loops.TryGetValue(KeyOf(networkNamespace), out var existing) && !existing.IsAlive ? existing.Ended : Task.CompletedTask;
        }
    }

    private NamespaceLoop[] AllLoops()
    {
        lock (_lock)
        {
            return [.. _loops.Values, .. _namelessLoops];
        }
    }

    private IEnumerable<RouterHost> Published() => AllLoops().SelectMany(static loop => loop.Published);
}
