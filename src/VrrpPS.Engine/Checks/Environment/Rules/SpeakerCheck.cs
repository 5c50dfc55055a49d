using System.Globalization;
using VrrpPS.Engine.Checks.Environment.Facts;

namespace VrrpPS.Engine.Checks.Environment.Rules;

/// <summary>Who speaks VRRP on the links already, and which id nobody uses.</summary>
internal sealed class SpeakerCheck : IEnvironmentCheck
{
    private const int Greatest = 255;
    private const int Copied = 51;

    public IEnumerable<VrrpFinding> Check(EnvironmentFacts facts)
    {
        if (facts.Adverts is not { } heard)
        {
            yield break;
        }

        string seconds = facts.Options.Duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        foreach (var router in heard.Where(static advert => advert.VirtualRouterId is not null).GroupBy(static advert => (advert.InterfaceName, advert.VirtualRouterId, advert.AddressFamily)))
        {
            yield return Describe(router.Key.InterfaceName, router.Key.VirtualRouterId!.Value, [.. router], facts.Options.VirtualRouterId);
        }

        foreach (var problem in heard.SelectMany(static advert => advert.Problem.Select((text, position) => (advert.InterfaceName, advert.SourceAddress, advert.ProblemCode[position], Text: text))).DistinctBy(static problem => (problem.InterfaceName, problem.SourceAddress, problem.Item3)))
        {
            yield return Finding.Warning(FindingCodes.AdvertisementProblem, $"{problem.SourceAddress} on {problem.InterfaceName}", problem.Text, $"Watch-VrrpAdvert {problem.InterfaceName} shows every advertisement with what is wrong with it.");
        }

        if (heard.Count == 0)
        {
            yield return Finding.Information(
                FindingCodes.HeardNobody,
                "the link",
                $"No advertisement was heard in {seconds} s. If another node is Master already, its advertisements do not get here.",
                "Then look at the firewalls between the nodes (IP protocol 112 to 224.0.0.18 or ff02::12), at IGMP snooping on the switch, and at clouds, which pass no multicast: name the nodes with -UnicastPeer there.");
        }

        var used = heard.Select(static advert => advert.VirtualRouterId).Concat(facts.Keepaliveds.SelectMany(static found => found.VirtualRouters ?? []).Select(static router => (int?)router.VirtualRouterId)).ToHashSet();
        if (Enumerable.Range(1, Greatest).Where(static id => id != Copied).Select(static id => (int?)id).FirstOrDefault(id => !used.Contains(id)) is { } free)
        {
            yield return Finding.Information(FindingCodes.FreeVirtualRouterId, "the link", $"Virtual router id {free} was not heard in {seconds} s{(used.Count == 0 ? string.Empty : $"; in use: {string.Join(", ", used.Where(static id => id is not null).Order())}")}.");
        }
    }

    private static VrrpFinding Describe(string interfaceName, int id, VrrpAdvert[] adverts, int? wanted)
    {
        string speakers = string.Join("; ", adverts.DistinctBy(static advert => advert.SourceAddress)
            .Select(static advert => $"{advert.SourceAddress} ({(advert.Direction == AdvertDirection.Sent ? "this host, " : string.Empty)}version {advert.Version}, priority {advert.Priority}, {advert.VirtualIPAddress})"));
        string message = $"Virtual router {id} is spoken for on {interfaceName} by {speakers}.";
        return id == wanted
            ? Finding.Warning(FindingCodes.VirtualRouterIdInUse, $"virtual router {id} on {interfaceName}", message, "If these are not the other nodes of this cluster, choose another id.")
            : Finding.Information(FindingCodes.VirtualRouterIdInUse, $"virtual router {id} on {interfaceName}", message);
    }
}
