using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netfilter;

namespace VrrpPS.Engine.Runtime.Acceptance;

/// <summary>
/// The addresses of a namespace that are not to be accepted (accept mode off), of all its routers, and the kernel's table that refuses them. There
/// is one from the first such address on, and none after the last. For the loop's own thread.
/// </summary>
internal sealed class AcceptFilter(Func<RefusalTable> open) : IDisposable
{
    private readonly Dictionary<RefusedAddress, int> _holders = [];
    private RefusalTable? _table;

    /// <summary>Whether what is sent to an address is refused.</summary>
    public bool Refuses(RefusedAddress address) => _holders.ContainsKey(address);

    /// <summary>A router wants other addresses refused than before. Nothing changes when the kernel does not do it.</summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public void Change(IReadOnlyList<RefusedAddress> before, IReadOnlyList<RefusedAddress> now)
    {
        var added = now.Except(before).ToArray();
        var removed = before.Except(now).ToArray();
        if (added.Length + removed.Length == 0)
        {
            return;
        }

        if (added.Length == 0 && _holders.Count == removed.Length && removed.All(address => _holders[address] == 1))
        {
            // The last ones: the table goes with them.
            Dispose();
            return;
        }

        _table ??= open();
        try
        {
            _table.Change([.. added.Where(address => !_holders.ContainsKey(address))], [.. removed.Where(address => _holders[address] == 1)]);
        }
        catch (KernelException) when (_holders.Count == 0)
        {
            Dispose();
            throw;
        }

        foreach (var address in added)
        {
            _holders[address] = _holders.GetValueOrDefault(address) + 1;
        }

        foreach (var address in removed)
        {
            if (--_holders[address] == 0)
            {
                _ = _holders.Remove(address);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _holders.Clear();
        _table?.Dispose();
        _table = null;
    }
}
