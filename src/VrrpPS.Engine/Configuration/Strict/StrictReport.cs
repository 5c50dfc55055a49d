using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Configuration;

/// <summary>
/// Says where a configuration leaves the RFC, and changes nothing: strict mode here is a report. keepalived's strict mode
/// overrides the same values and keeps the virtual addresses from answering, which hardly anybody who switches it on wants.
/// </summary>
public static class StrictReport
{
    /// <summary>The findings, in the order of the RFC's sections; none for a configuration by the book.</summary>
    /// <param name="c">A valid configuration.</param>
    public static IReadOnlyList<StrictFinding> Of(InstanceConfiguration c)
    {
        ArgumentNullException.ThrowIfNull(c);
        var findings = new List<StrictFinding>();
        CheckWire(c, findings);
        CheckElection(c, findings);
        return findings;
    }

    private static void CheckWire(InstanceConfiguration c, List<StrictFinding> findings)
    {
        bool isVersion2 = c.Version == VrrpVersion.V2;
        if (c.UnicastPeers.Count > 0)
        {
            string section = c.AddressFamily == AddressFamily.IPv6 ? "RFC 9568 section 5.1.2.2" : isVersion2 ? "RFC 3768 section 5.2.2" : "RFC 9568 section 5.1.1.2";
            findings.Add(new("StrictUnicast", nameof(c.UnicastPeers),
                "Advertisements go to unicast peers. By the RFC they go to the multicast group: remove the peers where the network carries multicast.", section));
        }

        if (!isVersion2 && c.AddressFamily == AddressFamily.IPv4 && c.ChecksumStyle != ChecksumStyle.Rfc9568)
        {
            findings.Add(new("StrictChecksum", nameof(c.ChecksumStyle),
                $"The checksum style is {c.ChecksumStyle}. RFC 9568 covers the message alone: choose Rfc9568 where all peers accept that.", "RFC 9568 section 5.2.8"));
        }

        if (c.AddressFamily == AddressFamily.IPv6 && !c.VirtualAddresses.Any(static address => address is { Advertised: true, Address.IsLinkLocal: true }))
        {
            findings.Add(new("StrictFirstAddress", nameof(c.VirtualAddresses),
                "No link-local address is advertised, and the first one has to be: add one from fe80::/10.", "RFC 9568 section 5.2.9"));
        }

        if (c.AuthenticationPass is not null)
        {
            findings.Add(new("StrictPassword", nameof(c.AuthenticationPass),
                "RFC 3768 took passwords and AH out of version 2. Leave the password out on every node.", "RFC 3768 section 5.3.6"));
        }

        if (c.Hmac is { Mode: not HmacMode.Enforce })
        {
            findings.Add(new("StrictHmac", nameof(c.Hmac),
                $"HMAC is in mode {c.Hmac.Mode}, which accepts forgeries. Finish the move to Enforce on every node.", "RFC 9568 section 9"));
        }
    }

    private static void CheckElection(InstanceConfiguration c, List<StrictFinding> findings)
    {
        bool isVersion2 = c.Version == VrrpVersion.V2;
        string rfc = isVersion2 ? "RFC 3768" : "RFC 9568";
        if (c.DownTimerAdverts != ElectionTimers.MissedAdvertisements)
        {
            findings.Add(new("StrictDownTimer", nameof(c.DownTimerAdverts),
                $"A Master is taken for dead after {c.DownTimerAdverts} intervals. By the RFC it is {ElectionTimers.MissedAdvertisements}, and nodes that differ disagree about when.",
                $"{rfc} section 6.1"));
        }

        if (c.StartupDelay > TimeSpan.Zero)
        {
            findings.Add(new("StrictStartupDelay", nameof(c.StartupDelay),
                $"The node only listens for {DurationText.Format(c.StartupDelay)} after its start. The RFC knows no such delay.", $"{rfc} section 6.4.1"));
        }

        if (c.PreemptDelay > TimeSpan.Zero)
        {
            findings.Add(new("StrictPreemptDelay", nameof(c.PreemptDelay),
                $"A Master with a lower priority is left alone for {DurationText.Format(c.PreemptDelay)}. By the RFC it is replaced at once, or never.", $"{rfc} section 6.4.2"));
        }

        if (c.TimerExpiredBackup > 0)
        {
            findings.Add(new("StrictExpiredTimer", nameof(c.TimerExpiredBackup),
                "A Master whose timer fired late yields although it heard nobody. By the RFC it goes on.", $"{rfc} section 6.4.3"));
        }

        if (c.OwnerIgnoreAdverts)
        {
            findings.Add(new("StrictOwner", nameof(c.OwnerIgnoreAdverts),
                "The owner does not even yield to another owner with a greater address. By the RFC it does.", $"{rfc} section 6.4.3"));
        }

        if (c.AcceptMode && c.Priority != 255)
        {
            findings.Add(new("StrictAccept", nameof(c.VirtualAddresses), isVersion2
                ? "The virtual addresses answer on a Master that does not own them, which version 2 does not allow. Services need it."
                : "The virtual addresses answer on a Master that does not own them: Accept_Mode is on, and off is the RFC's default. Services need it on.",
                isVersion2 ? "RFC 3768 section 6.4.3" : "RFC 9568 section 6.1"));
        }
    }
}
