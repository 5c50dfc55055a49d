using System.Runtime.ExceptionServices;

namespace VrrpPS.Engine.Linux.Namespaces;

/// <summary>Runs work on a thread made for it, which may therefore change its network namespace.</summary>
public static class DedicatedThread
{
    /// <summary>Runs a function on a new thread, waits, and returns its result or throws its exception.</summary>
    public static T Run<T>(Func<T> function)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = function();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        {
            IsBackground = true,
            Name = "VrrpPS namespace",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
