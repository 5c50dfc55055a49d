using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Health.Probes;
using VrrpPS.Engine.Processes;

namespace VrrpPS.Engine.Health;

/// <summary>What can be known of trackers before they begin: that this node has the program and the user.</summary>
internal static class TrackerCheck
{
    /// <summary>Refuses trackers that could only fail. Touches the file system and the user database: not for the loop.</summary>
    /// <exception cref="VrrpException">ProgramNotFound, UnsafeProgram, UserNotFound or MissingCapability.</exception>
    public static void Require(InstanceConfiguration configuration)
    {
        foreach (var script in MemberTrackers.Checks(configuration).OfType<ScriptTracker>())
        {
            ChildProcess.Require(script.Command, script.User);
            if (script.RequireSafeProgram && ScriptProbe.Problem(script) is { } problem)
            {
                throw VrrpErrors.UnsafeProgram(script.Name, problem);
            }
        }
    }
}
