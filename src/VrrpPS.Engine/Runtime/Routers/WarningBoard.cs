using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Runtime.Routers;

/// <summary>
/// The warnings of one router. Each is shown for a while after it was last raised: an operator who looks finds it, and it
/// goes away by itself when its cause does. Written by the loop, read by anyone.
/// </summary>
internal sealed class WarningBoard
{
    /// <summary>How long a warning is shown after it was last raised.</summary>
    public const long Period = 60 * Instant.NanosecondsPerSecond;

    /// <summary>When each is over; made for the first warning, because most routers never have one.</summary>
    private long[]? _until;

    /// <summary>Raises a <see cref="DecodeError"/> or <see cref="RouterWarning"/>.</summary>
    public void Raise(int warning, Instant now)
    {
        long[] until = _until ?? new long[80];
        Volatile.Write(ref until[warning], (now + Period).Nanoseconds);
        Volatile.Write(ref _until, until);
    }

    /// <summary>The texts of those in force.</summary>
    public IEnumerable<string> Texts(Instant now)
    {
        long[] until = Volatile.Read(ref _until) ?? [];
        for (int warning = 0; warning < until.Length; warning++)
        {
            if (Volatile.Read(ref until[warning]) > now.Nanoseconds)
            {
                yield return Text(warning);
            }
        }
    }

    private static string Text(int warning) => (RouterWarning)warning switch
    {
        RouterWarning.RivalMaster => "RivalMaster: another router keeps advertising as Master",
        RouterWarning.TwoOwners => "TwoOwners: two routers claim to own the addresses (priority 255)",
        RouterWarning.ForeignCluster => "ForeignCluster: another cluster uses this VRID",
        RouterWarning.ForeignAnnouncement => "ForeignAnnouncement: a foreign MAC address announces our address",
        RouterWarning.ChecksumStyleConflict => "ChecksumStyleConflict: a rival uses the other checksum style",
        RouterWarning.TwoMasters => "TwoMasters: two other routers advertise as Master",
        RouterWarning.MismatchedAuthentication => "MismatchedAuthentication: another router advertises as Master and is not believed",
        _ => $"{(DecodeError)warning}: {((DecodeError)warning).Describe()}",
    };
}
