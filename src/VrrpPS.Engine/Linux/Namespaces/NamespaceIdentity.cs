namespace VrrpPS.Engine.Linux.Namespaces;

/// <summary>What makes two handles the same namespace: the device and inode numbers behind them.</summary>
/// <param name="Device">st_dev.</param>
/// <param name="Inode">st_ino, the number that <c>lsns</c> and <c>/proc/PID/ns/net</c> show.</param>
public readonly record struct NamespaceIdentity(ulong Device, ulong Inode)
{
    /// <summary><c>net:[4026531840]</c>, as the kernel writes it.</summary>
    public override string ToString() => $"net:[{Inode}]";
}
