namespace VrrpPS.Engine.Checks;

/// <summary>Makes findings.</summary>
internal static class Finding
{
    public static VrrpFinding Information(string code, string subject, string message, string fix = "")
        => Make(VrrpFindingSeverity.Information, code, subject, message, fix);

    public static VrrpFinding Warning(string code, string subject, string message, string fix)
        => Make(VrrpFindingSeverity.Warning, code, subject, message, fix);

    public static VrrpFinding Error(string code, string subject, string message, string fix)
        => Make(VrrpFindingSeverity.Error, code, subject, message, fix);

    private static VrrpFinding Make(VrrpFindingSeverity severity, string code, string subject, string message, string fix)
        => new() { Code = code, Severity = severity, Subject = subject, Message = message, Fix = fix };
}
