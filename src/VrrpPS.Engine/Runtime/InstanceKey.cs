namespace VrrpPS.Engine.Runtime;

/// <summary>What identifies a running instance: its name within its network namespace.</summary>
/// <param name="Name">The instance's name; compared ordinally without case.</param>
/// <param name="NetworkNamespace">The named namespace or null for the process's own.</param>
public readonly record struct InstanceKey(string Name, string? NetworkNamespace)
{
    /// <summary>Names are compared as PowerShell users expect: without case.</summary>
    public bool Equals(InstanceKey other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase)
        && string.Equals(NetworkNamespace, other.NetworkNamespace, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Name), NetworkNamespace);

    /// <summary><c>name</c> or <c>name (namespace ns)</c>.</summary>
    public override string ToString() => NetworkNamespace is null ? Name : $"{Name} (namespace {NetworkNamespace})";
}
