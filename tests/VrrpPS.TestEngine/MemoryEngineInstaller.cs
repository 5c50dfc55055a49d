using System.Reflection;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.TestEngine;

/// <summary>Puts the <see cref="MemoryEngine"/> under the cmdlets of this process.</summary>
public static class MemoryEngineInstaller
{
    private static MemoryEngine? _current;
    private static object? _original;

    /// <summary>The engine that the module made last; null before the first command that needs one.</summary>
    public static MemoryEngine? Current => _current;

    /// <summary>From now on the module makes a memory engine when it needs one.</summary>
    /// <param name="module">The module's assembly.</param>
    public static void Install(Assembly module)
    {
        var factory = Factory(module);
        _original ??= factory.GetValue(null);
        factory.SetValue(null, (Func<IVrrpEngine>)(static () => _current = new MemoryEngine()));
    }

    /// <summary>From now on the module makes its real engine again.</summary>
    /// <param name="module">The module's assembly.</param>
    public static void Uninstall(Assembly module)
    {
        if (_original is not null)
        {
            Factory(module).SetValue(null, _original);
        }
    }

    /// <summary>Makes the module believe that it runs elsewhere than on Linux, or on Linux again.</summary>
    /// <param name="module">The module's assembly.</param>
    /// <param name="isLinux">What to believe.</param>
    public static void PretendLinux(Assembly module, bool isLinux) => Property(module, "VrrpPS.Lifecycle.PlatformGuard", "IsLinux").SetValue(null, isLinux);

    /// <summary>Whether the module has an engine at the moment.</summary>
    /// <param name="module">The module's assembly.</param>
    public static bool HasEngine(Assembly module) => Property(module, "VrrpPS.Lifecycle.EngineHost", "Current").GetValue(null) is not null;

    private static PropertyInfo Factory(Assembly module) => Property(module, "VrrpPS.Lifecycle.EngineHost", "Factory");

    private static PropertyInfo Property(Assembly module, string type, string name)
    {
        ArgumentNullException.ThrowIfNull(module);
        var owner = module.GetType(type, throwOnError: true)!;
        return owner.GetProperty(name, BindingFlags.NonPublic | BindingFlags.Static) ?? throw new MissingMemberException(type, name);
    }
}
