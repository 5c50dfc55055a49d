using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime;

/// <content>
/// The namespace's name. A thread stays in its namespace, which lives as long as the thread does, while the name can be taken off
/// it and given to another: this loop's instances then serve a network that nobody finds by its name any more.
/// </content>
internal sealed partial class NamespaceLoop
{
    private string? _namePath;
    private NamespaceIdentity _identity;
    private NamespaceNameWatch? _nameWatch;

    /// <summary>Whether the namespace has lost its name. For the loop's own thread.</summary>
    public bool IsNameless { get; private set; }

    /// <summary>Whether the name still leads here, or the loop is too young to tell. Callable from any thread.</summary>
    public bool HasItsName => !Opened.IsCompletedSuccessfully || _namePath is null || NetworkNamespace.IsPathOf(_namePath, _identity);

    private void WatchName(NetworkNamespace networkNamespace)
    {
        _namePath = NetworkNamespace.PathOf(networkNamespace.Name!);
        _identity = networkNamespace.Identity;
        try
        {
            _nameWatch = new NamespaceNameWatch();
            _poll!.Add(_nameWatch.FileDescriptor, NameToken);
        }
        catch (KernelException)
        {
            // No inotify left for this user. A namespace that is removed for good takes its interfaces along, which is seen, too.
            _nameWatch = null;
        }
    }

    private void OnNamesChanged()
    {
        _nameWatch!.Drain();
        LookAtName(MonotonicClock.Now);
    }

    private void LookAtName(Instant now)
    {
        bool isNameless = _namePath is not null && !NetworkNamespace.IsPathOf(_namePath, _identity);
        if (isNameless == IsNameless)
        {
            return;
        }

        IsNameless = isNameless;
        foreach (var router in _routers)
        {
            router.OnNamespaceRenamed(now);
        }
    }
}
