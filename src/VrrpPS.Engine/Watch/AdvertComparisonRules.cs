using VrrpPS.Protocol;

namespace VrrpPS.Engine.Watch;

/// <summary>What speakers of one virtual router must agree on.</summary>
internal static class AdvertComparisonRules
{
    private const int ListedAddresses = 4;

    /// <summary>Compares a packet with what another sender last said.</summary>
    /// <param name="heard">The packet.</param>
    /// <param name="speaker">Its sender as known before the packet.</param>
    /// <param name="other">Another sender.</param>
    /// <param name="bilingual">Whether the packet's sender speaks the other's version as well.</param>
    /// <param name="problems">Takes what differs.</param>
    public static void Compare(
        AdvertObservation heard, AdvertSpeaker? speaker, AdvertSpeaker other, bool bilingual, AdvertFindings problems)
    {
        if (heard.Version != other.Version)
        {
            if (bilingual)
            {
                return;
            }

            problems.Add(
                AdvertProblemCode.VersionMismatch,
                $"{heard.Source} speaks version {heard.Version}, {other.Source} version {other.Version}: neither hears the other.");
        }

        if (heard.Interval is { } interval && interval != other.Interval)
        {
            problems.Add(
                AdvertProblemCode.IntervalMismatch,
                $"{heard.Source} advertises an interval of {interval}, {other.Source} one of {other.Interval}"
                + (heard.Version == 2 ? ": version 2 discards such packets." : ": a Backup follows the Master's."));
        }

        CompareChecksums(heard, speaker, other, problems);
        CompareAddresses(heard, other, problems);
        CompareAuthentication(heard, other, problems);
    }

    private static void CompareChecksums(AdvertObservation heard, AdvertSpeaker? speaker, AdvertSpeaker other, AdvertFindings problems)
    {
        // A packet that is right in both readings proves nothing; a sender that uses both is understood by everyone.
        var shown = AdvertSpeaker.Proves(heard.ChecksumStyle);
        var mine = shown | (speaker?.Checksums ?? AdvertChecksums.None);
        if (shown != AdvertChecksums.None && other.Checksums != AdvertChecksums.None && (mine & other.Checksums) == AdvertChecksums.None)
        {
            problems.Add(
                AdvertProblemCode.ChecksumStyleMismatch,
                $"{heard.Source} computes the checksum {Describe(shown)}, {other.Source} {Describe(other.Checksums)}: one that accepts only its own style does not hear the other.");
        }
    }

    private static void CompareAddresses(AdvertObservation heard, AdvertSpeaker other, AdvertFindings problems)
    {
        var mine = heard.Addresses;
        var theirs = other.SortedAddresses;
        if (mine.Count == theirs.Length && mine.SequenceEqual(theirs))
        {
            return;
        }

        var extra = mine.Except(theirs).ToArray();
        var missing = theirs.Except(mine).ToArray();
        if (extra.Length + missing.Length > 0)
        {
            string[] parts =
            [
                .. extra.Length > 0 ? [$"only {heard.Source} has {List(extra)}"] : Array.Empty<string>(),
                .. missing.Length > 0 ? [$"only {other.Source} has {List(missing)}"] : Array.Empty<string>(),
            ];
            problems.Add(
                AdvertProblemCode.AddressListMismatch,
                $"{heard.Source} and {other.Source} advertise different addresses: {string.Join(", ", parts)}.");
        }
    }

    private static void CompareAuthentication(AdvertObservation heard, AdvertSpeaker other, AdvertFindings problems)
    {
        if (heard.Authentication != other.Authentication)
        {
            problems.Add(
                AdvertProblemCode.AuthenticationMismatch,
                $"{heard.Source} authenticates with {Describe(heard.Authentication)}, {other.Source} with {Describe(other.Authentication)}.");
        }
        else if (heard.Authentication == AdvertAuthentication.SimpleText && heard.AuthenticationData != other.AuthenticationData)
        {
            problems.Add(
                AdvertProblemCode.AuthenticationMismatch,
                $"{heard.Source} and {other.Source} use different passwords.");
        }
    }

    private static string Describe(AdvertChecksums style) => style switch
    {
        AdvertChecksums.PseudoHeader => "with the pseudo-header (RFC 5798 as deployed)",
        AdvertChecksums.MessageOnly => "over the message alone (RFC 9568)",
        _ => "in both styles",
    };

    private static string Describe(AdvertAuthentication authentication) => authentication switch
    {
        AdvertAuthentication.None => "nothing",
        AdvertAuthentication.SimpleText => "a simple-text password",
        AdvertAuthentication.Hmac => "an HMAC",
        AdvertAuthentication.AuthenticationHeader => "an IP authentication header",
        _ => "an unknown type",
    };

    private static string List(InetAddress[] addresses) => addresses.Length <= ListedAddresses
        ? string.Join(", ", addresses)
        : $"{string.Join(", ", addresses.Take(ListedAddresses))} and {addresses.Length - ListedAddresses} more";
}
