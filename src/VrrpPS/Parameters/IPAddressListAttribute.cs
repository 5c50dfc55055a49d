using System.Collections;
using System.Management.Automation;
using System.Net;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Parameters;

/// <summary>
/// Reads one address or a list. PowerShell's own conversion takes 10 for 0.0.0.10 and <c>10.1</c> for 10.0.0.1; both are
/// typing errors here.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IPAddressListAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null => Array.Empty<IPAddress>(),
            IPAddress or string => new[] { Read(value) },
            IEnumerable many => many.Cast<object?>().Select(Read).ToArray(),
            _ => new[] { Read(value) },
        };
    }

    private static IPAddress Read(object? item)
    {
        object? value = item is PSObject wrapped ? wrapped.BaseObject : item;
        if (value is IPAddress address)
        {
            return address;
        }

        if (value is string text && InetAddress.TryParse(text, out var parsed))
        {
            return parsed.ToIPAddress();
        }

        throw new ArgumentTransformationMetadataException(VrrpErrors.NotAnAddress("a peer", value).Message);
    }
}
