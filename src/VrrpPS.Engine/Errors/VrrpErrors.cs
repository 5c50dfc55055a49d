namespace VrrpPS.Engine.Errors;

/// <summary>Every error of the engine as a named factory, so that wording and way out are reviewed in one place.</summary>
public static partial class VrrpErrors
{
    /// <summary>No instance of that name runs in the namespace.</summary>
    public static VrrpException InstanceNotFound(string name, string? networkNamespace) => new(
        ErrorIds.InstanceNotFound,
        $"There is no instance named '{name}'{In(networkNamespace)}. Get-VrrpInstance lists those that run.",
        name);

    /// <summary>The instance runs in a namespace that has lost its name, and another namespace has that name now.</summary>
    public static VrrpException InstanceInRemovedNamespace(string name, string networkNamespace) => new(
        ErrorIds.InstanceExists,
        $"An instance named '{name}' still runs in the removed network namespace '{networkNamespace}'. Move it to the new namespace of that name with Restart-VrrpInstance, or end it with Stop-VrrpInstance.",
        name);

    /// <summary>The name is taken in the namespace.</summary>
    public static VrrpException InstanceExists(string name, string? networkNamespace) => new(
        ErrorIds.InstanceExists,
        $"An instance named '{name}' runs already{In(networkNamespace)}. Change it with Set-VrrpInstance, end it with Stop-VrrpInstance, or choose another -Name.",
        name);

    private static string In(string? networkNamespace) => networkNamespace is null ? string.Empty : $" in network namespace '{networkNamespace}'";
}
