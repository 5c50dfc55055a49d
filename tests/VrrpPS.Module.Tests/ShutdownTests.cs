using System.Runtime.InteropServices;
using VrrpPS.Lifecycle;

namespace VrrpPS.Module.Tests;

public sealed class ShutdownTests
{
    [Fact]
    public void Signals_that_end_a_shell_are_handled_and_Ctrl_C_is_not()
        => Assert.Equal(
            new Dictionary<PosixSignal, int> { [PosixSignal.SIGHUP] = 1, [PosixSignal.SIGQUIT] = 3, [PosixSignal.SIGTERM] = 15 },
            ProcessShutdown.Signals.ToDictionary());
}
