using VrrpPS.Protocol;

namespace VrrpPS.Engine.Checks.Configuration;

/// <summary>One virtual router with the nodes that take part in it.</summary>
internal sealed record RouterGroup(int VirtualRouterId, AddressFamily Family, IReadOnlyList<RouterMember> Members)
{
    /// <summary>How findings call it.</summary>
    public string Subject => $"virtual router {VirtualRouterId} ({Family})";

    /// <summary>
    /// Each value that the members have with those that have it, as <c>1s on a and b, 2s on c</c>; null when they agree.
    /// </summary>
    public string? Differences<T>(Func<RouterMember, T> value, Func<T, string> text)
        where T : notnull
    {
        var groups = Members.GroupBy(value).ToArray();
        return groups.Length < 2
            ? null
            : string.Join(", ", groups.Select(group => $"{text(group.Key)} on {string.Join(" and ", group.Select(static member => member.NodeName))}"));
    }
}
