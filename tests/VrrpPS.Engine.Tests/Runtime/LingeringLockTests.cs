using System.Diagnostics;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>A process that is just being started has copies of all our descriptors for a moment, the lock's among them.</summary>
[Trait("Lane", "Namespace")]
public sealed class LingeringLockTests
{
    [Fact]
    public void Lock_that_was_given_up_is_free_while_processes_are_being_started()
    {
        using var network = TestNetwork.Create(1);
        using var done = new CancellationTokenSource();
        var starter = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                using var process = Process.Start("/bin/true");
                process.WaitForExit();
            }
        });
        starter.Start();
        try
        {
            network[0].Run(() =>
            {
                for (int i = 0; i < 20_000; i++)
                {
                    SpeakerLock.Acquire(TestHost.InterfaceName, network[0].InterfaceIndex, AddressFamily.IPv4, 41).Dispose();
                }
            });
        }
        finally
        {
            done.Cancel();
            starter.Join();
        }
    }
}
