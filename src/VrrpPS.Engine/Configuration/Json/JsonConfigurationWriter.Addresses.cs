using System.Text.Json;
using VrrpPS.Engine.Configuration.Addresses;

namespace VrrpPS.Engine.Configuration.Json;

/// <content>Virtual addresses: the short form where it says all.</content>
public static partial class JsonConfigurationWriter
{
    private static void VirtualAddress(Utf8JsonWriter w, VirtualAddress address)
    {
        if (address == new VirtualAddress(address.Address, address.PrefixLength))
        {
            w.WriteStringValue(address.PrefixText);
            return;
        }

        w.WriteStartObject();
        w.WriteString("address", address.PrefixText);
        if (!address.Advertised)
        {
            w.WriteBoolean("advertised", false);
        }

        Text(w, "interfaceName", address.InterfaceName);
        Text(w, "label", address.Label);
        Text(w, "broadcast", address.Broadcast?.ToString());
        Text(w, "scope", address.Scope == AddressScope.Global ? null : AddressScope.Format(address.Scope));
        Text(w, "peer", address.Peer?.ToString());
        Switch(w, "skipAsSource", address.SkipAsSource);
        Switch(w, "noPrefixRoute", address.NoPrefixRoute);
        Switch(w, "homeAddress", address.HomeAddress);
        Switch(w, "noTrack", address.NoTrack);
        w.WriteEndObject();
    }
}
