using System.Globalization;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Service.Events.Journal;

/// <summary>What an event looks like in the journal.</summary>
internal static class JournalEvent
{
    private const int Error = 3;
    private const int Warning = 4;
    private const int Notice = 5;
    private const int Information = 6;

    /// <summary>The syslog priority of an event: 3 (error) to 6 (information).</summary>
    public static int PriorityOf(VrrpEvent report) => report switch
    {
        { Kind: VrrpEventKind.EngineFailed } => Error,
        { IsWarning: true } => Warning,
        { Transition.ToState: RouterState.Fault } => Warning,
        { Kind: VrrpEventKind.Transition } => Notice,
        _ => Information,
    };

    /// <summary>The entry.</summary>
    public static JournalEntry Create(VrrpEvent report)
    {
        var entry = new JournalEntry()
            .Add("MESSAGE", Text(report))
            .Add("PRIORITY", PriorityOf(report).ToString(CultureInfo.InvariantCulture))
            .Add("SYSLOG_IDENTIFIER", "vrrpps")
            .Add("MESSAGE_ID", JournalMessageId.Of(report.Kind))
            .Add("VRRP_KIND", report.Kind.Name())
            .Add("VRRP_INSTANCE", report.Name)
            .Add("VRRP_NAMESPACE", report.NetworkNamespace);
        if (report.Transition is not { } transition)
        {
            return entry;
        }

        return entry
            .Add("VRRP_STATE", transition.ToState.Name())
            .Add("VRRP_FROM", transition.FromState.Name())
            .Add("VRRP_EVENT", transition.Event.Name())
            .Add("VRRP_REASON", transition.Reason)
            .Add("VRRP_PRIORITY", transition.Priority.ToString(CultureInfo.InvariantCulture))
            .Add("VRRP_FAMILY", FamilyOf(transition))
            .Add("VRRP_MASTER", transition.MasterAddress);
    }

    /// <summary>The message: without the time, which the journal has itself.</summary>
    public static string Text(VrrpEvent report) => report.Transition is { } transition
        ? $"{transition}: {transition.Reason}"
        : $"{report.Name}: {report.Message}";

    private static string FamilyOf(VrrpTransition transition)
        => transition.AddressFamily == AddressFamily.IPv4 ? nameof(AddressFamily.IPv4) : nameof(AddressFamily.IPv6);
}
