namespace VrrpPS.Service.Lab;

/// <summary>
/// Shows that a lab's maker lives: a locked file, which the kernel unlocks when the process ends, however it ends. A process
/// number alone does not tell, because it may have been given to somebody else meanwhile.
/// </summary>
internal sealed class LabLease : IDisposable
{
    private readonly FileStream _file;

    private LabLease(FileStream file) => _file = file;

    /// <summary>Takes the lease of this process, once.</summary>
    public static LabLease Take() => new(new FileStream(
        PathOf(Environment.ProcessId), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));

    /// <summary>Whether the process that made a lab still lives.</summary>
    public static bool IsHeld(int processId)
    {
        if (processId == Environment.ProcessId)
        {
            return true;
        }

        string path = PathOf(processId);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Locked, or another user's: not ours to judge.
            return true;
        }

        File.Delete(path);
        return false;
    }

    public void Dispose() => _file.Dispose();

    private static string PathOf(int processId) => Path.Combine(Path.GetTempPath(), $"vrrpps-lab-{processId}.alive");
}
