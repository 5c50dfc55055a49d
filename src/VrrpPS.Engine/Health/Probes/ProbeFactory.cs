using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Health.Probes;

/// <summary>Makes what looks at a tracker's target.</summary>
internal static class ProbeFactory
{
    /// <summary>The probe of a tracker; none for an interface, of which the kernel tells by itself.</summary>
    public static IProbe? Create(TrackerConfiguration tracker, InstanceConfiguration instance) => tracker switch
    {
        TcpTracker tcp => new TcpProbe(tcp, instance),
        HttpTracker http => new HttpProbe(http, instance),
        PingTracker ping => new PingProbe(ping, instance),
        ScriptTracker script => new ScriptProbe(script),
        ProcessTracker process => new ProcessProbe(process),
        FileTracker file => new FileProbe(file),
        _ => null,
    };
}
