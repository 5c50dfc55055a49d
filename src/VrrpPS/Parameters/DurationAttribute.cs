using System.Management.Automation;

namespace VrrpPS.Parameters;

/// <summary>
/// Reads a duration: a TimeSpan, seconds as a bare number, or text with a unit. PowerShell's literals eat some units
/// (<c>1.5s</c> is the Int16 2); in argument mode the wrapping PSObject still has the typed text, which is read instead.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => inputData is PSObject { BaseObject: var value } wrapped
            ? DurationReader.Read(value, value is ValueType and not TimeSpan ? wrapped.ToString() : null)
            : DurationReader.Read(inputData, typed: null);
}
