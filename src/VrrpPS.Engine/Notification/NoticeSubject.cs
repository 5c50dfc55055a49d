namespace VrrpPS.Engine.Notification;

/// <summary>Whom a notice is about.</summary>
/// <param name="Name">The name of the instance or group.</param>
/// <param name="NetworkNamespace">The named network namespace; null for the process's own.</param>
/// <param name="IsGroup">Whether it is a sync group.</param>
public readonly record struct NoticeSubject(string Name, string? NetworkNamespace, bool IsGroup)
{
    /// <summary>keepalived's word: <c>INSTANCE</c> or <c>GROUP</c>.</summary>
    public string Kind => IsGroup ? "GROUP" : "INSTANCE";
}
