using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>The virtual MAC address: <c>use_vmac [NAME] [MAC]</c> and what belongs to it.</content>
internal sealed partial class KeepalivedInstanceReader
{
    private VirtualMacOptions? _virtualMac;
    private bool _transmitsFromBase;

    private void TakeVirtualMac(KeepalivedStatement s)
    {
        _positions[nameof(InstanceConfiguration.VirtualMac)] = s.At;
        var options = VirtualMacOptions.Default;
        for (int i = 1; i < s.Words.Count; i++)
        {
            var word = s.Words[i];
            if (word.Text == "netlink_notify_msg" || (word.Text == "group" && s.Parameter(i + 1) is not null))
            {
                diagnostics.Warning(word.At, ConfigurationCodes.NotCarriedOver, $"{_name}: '{word.Text}' of 'use_vmac' is not carried over: nothing about the address changes by it.");
                i += word.Text == "group" ? 1 : 0;
            }
            else if (MacAddress.TryParse(word.Text, out var address))
            {
                options = options with { Address = address };
            }
            else if (options.InterfaceName is null)
            {
                options = options with { InterfaceName = word.Text };
            }
            else
            {
                diagnostics.Error(word.At, ConfigurationCodes.InvalidValue, $"{_name}: '{word.Text}' is no MAC address. Behind the name of the link only six pairs of hexadecimal digits joined by colons may follow.");
            }
        }

        _virtualMac = options;
    }

    private VirtualMacOptions? VirtualMac(AddressFamily family, int virtualRouterId)
    {
        if (_virtualMac is not { } options)
        {
            if (_last.TryGetValue("vmac_xmit_base", out var alone))
            {
                diagnostics.Warning(alone.At, ConfigurationCodes.Advice, $"{_name}: 'vmac_xmit_base' means nothing without 'use_vmac', as in keepalived.");
            }

            return null;
        }

        bool fromBase = _transmitsFromBase;
        if (fromBase && IsStrict)
        {
            Adjusted("vmac_xmit_base", "strict mode clears it in keepalived, so advertisements have the virtual MAC address.");
            fromBase = false;
        }

        if (!fromBase && _peers.Count > 0)
        {
            Adjusted("use_vmac", "advertisements to unicast peers leave with the MAC address of the interface itself. Write 'vmac_xmit_base' beside it.");
            fromBase = true;
        }

        string? name = options.InterfaceName
            ?? (globals.VirtualMacPrefix == VirtualMacOptions.DefaultPrefix ? null : VirtualMacOptions.DefaultName(globals.VirtualMacPrefix, family, virtualRouterId));
        return options with { InterfaceName = name, TransmitFromBase = fromBase };
    }
}
