using System.Collections;
using System.Management.Automation;

namespace VrrpPS.Parameters;

/// <summary>Reads one duration or a list, each as <see cref="DurationAttribute"/> does.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationListAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is IEnumerable and not string
            ? ((IEnumerable)value).Cast<object?>().Select(Read).ToArray()
            : new[] { Read(inputData) };
    }

    private static VrrpDuration Read(object? item) => item is PSObject { BaseObject: var value } wrapped
        ? DurationReader.Read(value, value is ValueType and not TimeSpan ? wrapped.ToString() : null)
        : DurationReader.Read(item, typed: null);
}
