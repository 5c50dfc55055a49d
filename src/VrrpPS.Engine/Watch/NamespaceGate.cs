using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;

namespace VrrpPS.Engine.Watch;

/// <summary>Entering a network namespace on a dedicated thread, with refusals that name the way out.</summary>
internal static class NamespaceGate
{
    /// <summary>Moves the calling, dedicated thread into a named namespace; null means the process's own.</summary>
    /// <exception cref="VrrpException">NamespaceNotFound, MissingCapability or KernelRefused.</exception>
    public static void Enter(string? name)
    {
        try
        {
            using var target = NetworkNamespace.OpenOrCurrent(name);
            try
            {
                target.Enter();
            }
            catch (KernelException) when ((ProcessCapabilities.Effective & Capabilities.SysAdmin) == Capabilities.None)
            {
                throw VrrpErrors.MissingCapability(Capabilities.SysAdmin);
            }
        }
        catch (KernelException e)
        {
            throw VrrpErrors.KernelRefused(e, name);
        }
    }

    /// <summary>Runs a function inside a namespace on a thread made for it, without blocking the caller.</summary>
    public static async Task<T> RunAsync<T>(string? name, Func<T> function)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Enter(name);
                completion.SetResult(function());
            }
            catch (Exception e)
            {
                // Whatever it is belongs to whoever awaits.
                completion.SetException(e);
            }
        })
        {
            IsBackground = true,
            Name = "VrrpPS probe",
        };
        thread.Start();
        return await completion.Task;
    }
}
