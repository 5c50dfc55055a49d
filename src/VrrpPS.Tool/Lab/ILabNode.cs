namespace VrrpPS.Tool.Lab;

/// <summary>The program that speaks VRRP on a node.</summary>
internal interface ILabNode : IAsyncDisposable
{
    /// <summary>Its place in the plan.</summary>
    LabNodePlan Plan { get; }

    /// <summary>What it is, for the list of nodes.</summary>
    string Description { get; }

    /// <summary>Whether it has been started and has not ended.</summary>
    bool IsRunning { get; }

    /// <summary>Starts it; its transitions go to the lab's list.</summary>
    void Start();

    /// <summary>Ends it as a power failure would: SIGKILL.</summary>
    Task KillAsync();

    /// <summary>Asks it to end and waits, within a bound; then SIGKILL.</summary>
    /// <param name="atOnce">Without waiting for a successor, where the program can be told so.</param>
    /// <returns>Its exit code; null when it had to be killed or did not run.</returns>
    Task<int?> StopAsync(bool atOnce = false);
}
