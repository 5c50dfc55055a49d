using System.Reflection;

namespace VrrpPS.Service;

/// <summary>The version as users see it.</summary>
internal static class ProductVersion
{
    /// <summary>Major, minor and patch, with a pre-release label if there is one.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
