namespace VrrpPS.Engine.Configuration;

/// <summary>Something in a configuration that is not as the RFC has it.</summary>
/// <param name="Code">A stable identifier.</param>
/// <param name="PropertyName">The property of <see cref="InstanceConfiguration"/>.</param>
/// <param name="Message">What differs and what would be strict.</param>
/// <param name="Section">The section of the RFC.</param>
public sealed record StrictFinding(string Code, string PropertyName, string Message, string Section)
{
    /// <summary><c>Code: message (section)</c>.</summary>
    public override string ToString() => $"{Code}: {Message} ({Section})";
}
