using System.Globalization;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// The virtual addresses that an engine serves or may serve on an interface, claimed against every other process: two with different
/// virtual routers and the same address would sweep, bind and release it in turns. For one thread, in the interface's namespace.
/// </summary>
internal sealed class AddressClaims : IDisposable
{
    // Nearly always one or a few of an instance, of which there may be hundreds.
    private (InetAddress Address, NameClaim Claim)[] _claims = [];

    /// <summary>Claims addresses beside those that are claimed already.</summary>
    /// <param name="instance">The instance's name, for the error.</param>
    /// <param name="interfaceName">The interface's name, for the error.</param>
    /// <param name="interfaceIndex">The interface.</param>
    /// <param name="addresses">The addresses.</param>
    /// <exception cref="VrrpException">InvalidAddress: another process has one. Nothing has changed then.</exception>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public void Add(string instance, string interfaceName, int interfaceIndex, IEnumerable<InetAddress> addresses)
    {
        string prefix = PrefixOf(interfaceIndex);
        InetAddress[] added = [.. addresses.Where(address => !Array.Exists(_claims, claimed => claimed.Address == address)).Distinct()];
        if (added.Length == 0)
        {
            return;
        }

        var claims = NameClaim.TryAcquire([.. added.Select(address => prefix + address)], out string taken, out string holder)
            ?? throw VrrpErrors.AddressOfAnotherInstance(instance, InetAddress.Parse(taken[prefix.Length..]), interfaceName, holder);
        _claims = [.. _claims, .. added.Zip(claims)];
    }

    /// <summary>Gives up all but these.</summary>
    public void KeepOnly(IReadOnlySet<InetAddress> addresses)
    {
        foreach (var (address, claim) in _claims)
        {
            if (!addresses.Contains(address))
            {
                claim.Dispose();
            }
        }

        _claims = [.. _claims.Where(claimed => addresses.Contains(claimed.Address))];
    }

    /// <summary>Gives all up.</summary>
    public void Dispose()
    {
        foreach (var (_, claim) in _claims)
        {
            claim.Dispose();
        }

        _claims = [];
    }

    /// <summary>Claims one address; null when another living engine has it.</summary>
    public static NameClaim? TryAcquire(int interfaceIndex, InetAddress address)
        => NameClaim.TryAcquire(PrefixOf(interfaceIndex) + address, out _);

    /// <summary>All that is claimed in the namespace of the calling thread by those who may speak VRRP.</summary>
    public static IReadOnlySet<(int InterfaceIndex, InetAddress Address)> Claimed()
    {
        using var current = NetworkNamespace.OpenCurrent();
        string prefix = string.Create(CultureInfo.InvariantCulture, $"{NameClaim.Prefix}address/{current.Identity.Inode:x}/");
        var claimed = new HashSet<(int, InetAddress)>();
        foreach (var (name, inode) in AbstractNames.Find(prefix))
        {
            // index / address, and what a claim adds when somebody sits on the name
            string[] parts = name[prefix.Length..].Split('/');
            if (parts.Length >= 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                && InetAddress.TryParse(parts[1], out var address) && AbstractNames.MaySpeak(inode))
            {
                _ = claimed.Add((index, address));
            }
        }

        return claimed;
    }

    private static string PrefixOf(int interfaceIndex)
    {
        using var current = NetworkNamespace.OpenCurrent();
        return string.Create(CultureInfo.InvariantCulture, $"{NameClaim.Prefix}address/{current.Identity.Inode:x}/{interfaceIndex}/");
    }
}
