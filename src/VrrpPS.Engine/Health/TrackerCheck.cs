using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Processes;

namespace VrrpPS.Engine.Health;

/// <summary>What can be known of trackers before they begin: that this node has the program and the user.</summary>
internal static class TrackerCheck
{
    /// <summary>Refuses trackers that could only fail. Touches the file system and the user database: not for the loop.</summary>
    /// <exception cref="VrrpException">ProgramNotFound, UserNotFound or MissingCapability.</exception>
    public static void Require(InstanceConfiguration configuration)
    {
        foreach (var script in configuration.Trackers.OfType<ScriptTracker>())
        {
            ChildProcess.Require(script.Command, script.User);
        }
    }
}
