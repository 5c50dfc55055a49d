using VrrpPS.Engine.Configuration;

namespace VrrpPS;

/// <summary>What differs between two configurations of one instance, as -WhatIf prints it.</summary>
internal static class ConfigurationDifference
{
    /// <summary>One text <c>name: before -> after</c> for each value that differs.</summary>
    internal static IReadOnlyList<string> Between(InstanceConfiguration before, InstanceConfiguration after)
    {
        var (left, right) = (new VrrpConfiguration(before), new VrrpConfiguration(after));
        var differences = new List<string>();
        Compare(nameof(left.Priority), left.Priority, right.Priority);
        Compare(nameof(left.VirtualIPAddress), left.VirtualIPAddress, right.VirtualIPAddress);
        Compare(nameof(left.ExcludedVirtualIPAddress), left.ExcludedVirtualIPAddress, right.ExcludedVirtualIPAddress);
        Compare(nameof(left.VirtualRoute), left.VirtualRoute, right.VirtualRoute);
        Compare(nameof(left.VirtualRule), left.VirtualRule, right.VirtualRule);
        Compare(nameof(left.AdvertisementInterval), before.AdvertisementInterval, after.AdvertisementInterval);
        Compare(nameof(left.Preempt), left.Preempt, right.Preempt);
        Compare(nameof(left.PreemptDelay), left.PreemptDelay, right.PreemptDelay);
        Compare(nameof(left.StartupDelay), left.StartupDelay, right.StartupDelay);
        Compare(nameof(left.UnicastPeer), left.UnicastPeer, right.UnicastPeer);
        Compare(nameof(left.AllowedPeer), left.AllowedPeer, right.AllowedPeer);
        Compare(nameof(left.SourceAddress), left.SourceAddress, right.SourceAddress);
        Compare("AuthenticationPass", before.AuthenticationPass, after.AuthenticationPass);
        Compare(nameof(left.TrackInterface), left.TrackInterface, right.TrackInterface);
        Compare(nameof(left.ChecksumStyle), left.ChecksumStyle, right.ChecksumStyle);
        Compare(nameof(left.AddressLease), left.AddressLease, right.AddressLease);
        Compare(nameof(left.NoAddressLease), left.NoAddressLease, right.NoAddressLease);
        return differences;

        void Compare<T>(string name, T one, T other)
        {
            if (!EqualityComparer<T>.Default.Equals(one, other))
            {
                differences.Add($"{name}: {Text(one)} -> {Text(other)}");
            }
        }
    }

    private static string Text(object? value) => value?.ToString() is { Length: > 0 } text ? text : "(none)";
}
