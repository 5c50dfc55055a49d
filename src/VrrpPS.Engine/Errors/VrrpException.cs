namespace VrrpPS.Engine.Errors;

/// <summary>
/// A refusal that a user can act on: a stable <see cref="ErrorId"/>, a message naming the value and the way out, and the
/// object it is about.
/// </summary>
public sealed class VrrpException : Exception
{
    /// <summary>Makes the error. Use the factories in <see cref="VrrpErrors"/>, which hold all texts in one place.</summary>
    public VrrpException(string errorId, string message, object? target = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Target = target;
    }

    /// <summary>One of <see cref="ErrorIds"/>; never changes between releases.</summary>
    public string ErrorId { get; }

    /// <summary>The offending value or the name of the instance, for an ErrorRecord's TargetObject.</summary>
    public object? Target { get; }
}
