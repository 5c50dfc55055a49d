using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.VirtualMacs;
using VrrpPS.Engine.Runtime.Links;
using VrrpPS.Engine.Runtime.Ports;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>
/// The link of the virtual MAC address: made when the interface appears, up while addresses are on it, removed with the instance. While it
/// is up, the kernel gives it, and nobody else, what a peer sends from the same MAC address; so it has ears of its own.
/// </content>
internal sealed partial class RouterHost
{
    private const int CarrierKey = 1008;

    private VirtualMacLink? _virtualMac;
    private long _removalsSeen;
    private LinkPort? _virtualPort;

    /// <summary>The interface that carries the addresses that name none: that of the virtual MAC address, or the instance's own.</summary>
    private Link? Carrier => Configuration.VirtualMac is null ? Link
        : _virtualMac is { Index: not 0 } made ? _loop.Links.Find(made.Index)
        : null;

    /// <summary>What the guard must do about the link should this process die.</summary>
    public IEnumerable<string> VirtualMacGuardCommands() => _virtualMac?.GuardCommands() ?? [];

    private void OpenVirtualMac(Link link)
    {
        if (Configuration.VirtualMac is null)
        {
            foreach (string orphan in OrphanSweep.RemoveLinks(_loop.Netlink, _claim!))
            {
                Report(VrrpEventKind.Information, $"Removed the link {orphan}: left behind by an engine that died.");
            }

            return;
        }

        if (Configuration.Priority == 255)
        {
            throw VrrpErrors.VirtualMacImpossible(
                Configuration.Name,
                Configuration.VirtualMac.NameFor(Configuration),
                $"the owner's addresses (priority 255) are on {link.Name} itself, which answers with its own. Choose a priority below 255");
        }

        _virtualMac = VirtualMacLink.Plan(_loop.Netlink, _claim!, Configuration);

        // The guard learns of the link before the kernel does: dying in between must not leave it behind.
        _loop.GuardChanged();
        _virtualMac.Establish(_loop.Netlink);
        _loop.Links.Reload(_loop.Netlink);
        _virtualPort = _loop.OpenVirtualPort(_virtualMac.Index, link.Index, Configuration.AddressFamily, _virtualMac.Address);
        _virtualPort.Add(this);
        _ = ResolveAddresses();
    }

    private void CloseVirtualMac()
    {
        if (_virtualMac is not { } made)
        {
            return;
        }

        _loop.ClosePort(this, made.Index);
        _virtualPort = null;
        _virtualMac = null;
        try
        {
            made.Remove(_loop.Netlink);
        }
        catch (KernelException exception)
        {
            Report(VrrpEventKind.KernelRefused, $"The link {made.Name} stays behind: {exception.Message.TrimEnd('.')}. Remove it with: ip link delete {made.Name}.", isWarning: true);
        }

        _loop.GuardChanged();
    }

    /// <summary>Whether the link can take addresses; it is up then.</summary>
    private bool RaiseVirtualMac()
    {
        try
        {
            _virtualMac?.Raise(_loop.Netlink);
            return true;
        }
        catch (KernelException exception)
        {
            Report(VrrpEventKind.KernelRefused, exception.Message, isWarning: true);
            return false;
        }
    }

    /// <summary>Puts the link down when nothing is left on it. The kernel waits for whoever is still sending by it: some 20 ms.</summary>
    public void LowerVirtualMac()
    {
        if (_virtualMac is not { IsRaised: true } made || (Carrier is { } carrier && Addresses.HoldsAnyOn(carrier)))
        {
            return;
        }

        try
        {
            made.Lower(_loop.Netlink);
        }
        catch (KernelException exception)
        {
            // Without addresses it answers nobody; that it is up matters little until the next look.
            Report(VrrpEventKind.KernelRefused, exception.Message, isWarning: true);
        }
    }

    /// <summary>Whether somebody has removed or changed the link, so that it must be made anew.</summary>
    private bool IsCarrierLost => _virtualMac is { Index: not 0 } made
        && (_loop.Links.Find(made.Index) is not { } link || link.Name != made.Name || link.MacAddress != made.Address);

    /// <summary>Somebody has put the link down, or an engine that left has put settings back: done once more.</summary>
    private void KeepCarrier(Instant now)
    {
        if (_virtualMac is not { Index: not 0 } made || Carrier is not { } carrier)
        {
            return;
        }

        if (_removalsSeen != _loop.Links.Removals)
        {
            _removalsSeen = _loop.Links.Removals;
            KeepSettings(made, now);
        }

        if (!made.IsRaised || carrier.Flags.HasFlag(LinkFlags.Up))
        {
            return;
        }

        made.NoteLowered();
        if (Router.State != RouterState.Master)
        {
            return;
        }

        if (_limiter.Allows(CarrierKey, now))
        {
            Report(VrrpEventKind.Information, $"Somebody has put {carrier.Name} down, which carries the addresses: it is up again.", isWarning: true);
        }

        if (Bind(-1))
        {
            AnnounceAll(isCorrection: false, Configuration.Announcement.Copies, now);
        }
        else
        {
            Run(Input.BindFailed(), now);
        }
    }

    private void KeepSettings(VirtualMacLink made, Instant now)
    {
        try
        {
            made.KeepSettings();
        }
        catch (VrrpException exception)
        {
            if (_limiter.Allows(CarrierKey, now))
            {
                Report(VrrpEventKind.KernelRefused, exception.Message, isWarning: true);
            }
        }
    }
}
