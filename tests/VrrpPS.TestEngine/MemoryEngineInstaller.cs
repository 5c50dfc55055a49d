using System.Reflection;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.TestEngine;

/// <summary>Puts the <see cref="MemoryEngine"/> under the cmdlets of this process.</summary>
public static class MemoryEngineInstaller
{
    private static MemoryEngine? _current;

    /// <summary>The engine that the module made last; null before the first command that needs one.</summary>
    public static MemoryEngine? Current => _current;

    /// <summary>From now on the module makes a memory engine when it needs one.</summary>
    /// <param name="module">The module's assembly.</param>
    public static void Install(Assembly module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var host = module.GetType("VrrpPS.Lifecycle.EngineHost", throwOnError: true)!;
        var factory = host.GetProperty("Factory", BindingFlags.NonPublic | BindingFlags.Static)
            ?? throw new MissingMemberException(host.FullName, "Factory");
        factory.SetValue(null, (Func<IVrrpEngine>)(static () => _current = new MemoryEngine()));
    }
}
