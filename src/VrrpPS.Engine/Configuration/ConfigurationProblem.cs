using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

/// <summary>One thing that is wrong with a configuration value.</summary>
/// <param name="PropertyName">The property of <see cref="InstanceConfiguration"/>.</param>
/// <param name="Error">The refusal: its id, its message with value and way out, and the value.</param>
public sealed record ConfigurationProblem(string PropertyName, VrrpException Error)
{
    /// <summary>One of <see cref="ErrorIds"/>.</summary>
    public string ErrorId => Error.ErrorId;

    /// <summary>The offending value; never a secret.</summary>
    public object? Value => Error.Target;

    /// <summary>What is wrong and the way out.</summary>
    public string Message => Error.Message;
}
