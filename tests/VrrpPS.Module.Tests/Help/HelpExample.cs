namespace VrrpPS.Module.Tests.Help;

/// <summary>One example of a cmdlet's help.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Code">What is typed.</param>
/// <param name="Remark">What there is to say about it; may be empty.</param>
internal sealed record HelpExample(string Title, string Code, string Remark);
