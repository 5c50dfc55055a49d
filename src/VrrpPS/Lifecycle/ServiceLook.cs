using VrrpPS.Engine.Control.Client;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Lifecycle;

/// <summary>
/// The states of services' instances for objects that are asked property by property: a table of fifty instances is one question,
/// not two hundred.
/// </summary>
internal static class ServiceLook
{
    private const long Fresh = 250;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, (long At, IReadOnlyList<VrrpState> States)> Seen = new(StringComparer.Ordinal);

    /// <summary>The state of an instance, a quarter of a second old at most; null when it does not run or nobody answers.</summary>
    internal static VrrpState? Find(string path, InstanceKey key)
    {
        lock (Gate)
        {
            if (!Seen.TryGetValue(path, out var seen) || Environment.TickCount64 - seen.At > Fresh)
            {
                Seen[path] = seen = (Environment.TickCount64, Ask(path));
            }

            return seen.States.FirstOrDefault(state => InstanceCatalog.KeyOf(state) == key);
        }
    }

    /// <summary>Whatever was seen may have changed.</summary>
    internal static void Forget(string path)
    {
        lock (Gate)
        {
            _ = Seen.Remove(path);
        }
    }

    private static IReadOnlyList<VrrpState> Ask(string path)
    {
        try
        {
            using var service = ServiceEngine.Open(path);
            return service.GetStates();
        }
        catch (VrrpException)
        {
            // A property cannot fail usefully; the next command on the instance says what is wrong.
            return [];
        }
    }
}
