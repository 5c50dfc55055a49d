using System.Diagnostics;
using VrrpPS.Engine.Recording;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>A recording on a file system that is full for a while: a small tmpfs of its own.</summary>
[Trait("Lane", "Namespace")]
public sealed class FullDiskTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vrrpps-full-");
    private bool _mounted;

    [Fact]
    public async Task Election_goes_on_the_operator_is_told_once_and_recording_resumes_when_there_is_room()
    {
        RequiresRoot.OrSkip();
        _mounted = Run("mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", _folder.FullName);
        Assert.SkipUnless(_mounted, "no file system can be mounted here");
        string recording = Path.Combine(_folder.FullName, "run.jsonl");
        using var cluster = new Cluster(2, host => host != 0 ? EngineOptions.Default : new EngineOptions
        {
            Recording = new RecordingOptions { Path = recording, MaxFiles = 2 },
        });
        string filler = Path.Combine(_folder.FullName, "filler");
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        Eventually.True(() => new FileInfo(recording).Length > 0, "something is recorded");

        Fill(filler);
        Eventually.True(() => cluster.Events.Any(IsRefusal), "the full disk is told");
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        long sent = cluster.Counter(0).AdvertisementSent;
        Eventually.True(() => cluster.Counter(0).AdvertisementSent > sent + 10, "it advertises on");
        Assert.Equal((RouterState.Master, RouterState.Backup), (cluster.State(0).State, cluster.State(1).State));
        Assert.Equal((1, 0), (cluster.Counter(0).MasterTransitions, cluster.Counter(1).MasterTransitions));

        // Tried again every five seconds; the file that was cut off is kept beside the new one.
        File.Delete(filler);
        Eventually.True(() => File.Exists(recording + ".1") && new FileInfo(recording).Length > 0, "recording goes on in a new file");
        Assert.Single(cluster.Events, IsRefusal);
    }

    public void Dispose()
    {
        if (_mounted)
        {
            _ = Run("umount", "--lazy", _folder.FullName);
        }

        _folder.Delete(recursive: true);
    }

    private static bool IsRefusal(VrrpEvent @event) => @event.Message.Contains("cannot be written", StringComparison.Ordinal);

    // Until not one byte more fits: the recording's own last page, too, is full by then or soon.
    private static void Fill(string path)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] page = new byte[4096];
        while (true)
        {
            try
            {
                stream.Write(page);
            }
            catch (IOException)
            {
                return;
            }
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false });
        if (process is null)
        {
            return false;
        }

        _ = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
