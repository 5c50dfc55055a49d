namespace VrrpPS.Engine.Report;

/// <summary>What a report is made of, sorted by kind in the order in which it came.</summary>
public sealed class ReportContent
{
    /// <summary>What the parts of a report can be.</summary>
    public static string Kinds => "VrrpState, VrrpTransition, VrrpEvent, VrrpAdvert, VipMeasurement, VipOutage, VipReachability, VrrpFinding, VrrpElectionOutcome";

    internal List<VrrpState> States { get; } = [];

    internal List<VrrpTransition> Transitions { get; } = [];

    internal List<VrrpAdvert> Adverts { get; } = [];

    internal List<VipMeasurement> Measurements { get; } = [];

    internal List<VipOutage> Outages { get; } = [];

    internal List<VipReachability> Reachability { get; } = [];

    internal List<VrrpEvent> Events { get; } = [];

    internal List<VrrpFinding> Findings { get; } = [];

    internal List<VrrpElectionOutcome> Elections { get; } = [];

    /// <summary>How many parts there are.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a part; false when a report has no place for such a thing.</summary>
    public bool Add(object? part)
    {
        switch (part)
        {
            case VrrpState state:
                States.Add(state);
                break;
            case VrrpTransition transition:
                Transitions.Add(transition);
                break;
            case VrrpAdvert advert:
                Adverts.Add(advert);
                break;
            case VipMeasurement measurement:
                Measurements.Add(measurement);
                break;
            case VipOutage outage:
                Outages.Add(outage);
                break;
            case VipReachability reachability:
                Reachability.Add(reachability);
                break;
            case VrrpEvent @event:
                Events.Add(@event);
                break;
            case VrrpElectionOutcome election:
                Elections.Add(election);
                break;
            case VrrpFinding finding:
                Findings.Add(finding);
                break;
            default:
                return false;
        }

        Count++;
        return true;
    }
}
