using System.Collections;
using System.Management.Automation;

namespace VrrpPS.Parameters;

/// <summary>
/// Reads addresses out of what was passed: texts as they are, and of the module's own objects the virtual addresses they
/// show. PowerShell would pass the whole object as one long text.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class VirtualIPAddressListAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            string text => new[] { text },
            IEnumerable many => many.Cast<object?>().SelectMany(Read).ToArray(),
            var one => Read(one).ToArray(),
        };

    private static IEnumerable<string> Read(object? item) => (item is PSObject wrapped ? wrapped.BaseObject : item) switch
    {
        VrrpConfiguration configuration => configuration.VirtualIPAddress,
        VrrpState state => state.VirtualIPAddress.Select(static address => address.ToString()),
        VrrpAdvert advert => advert.VirtualIPAddress,
        VipReachability probed => [probed.VirtualIPAddress],
        VipMeasurement measured => [measured.VirtualIPAddress],
        VipOutage outage => [outage.VirtualIPAddress],
        var other => [$"{other}"],
    };
}
