using System.Text.Json;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Json;

/// <summary>The <c>virtualMac</c> object of an instance; an empty one asks for the defaults.</summary>
internal static class JsonVirtualMac
{
    public static VirtualMacOptions? Read(JsonObjectBinder instance, DiagnosticBag diagnostics)
    {
        if (instance.Node("virtualMac") is not { } node)
        {
            return null;
        }

        var o = new JsonObjectBinder(node, "the virtual MAC address", JsonVocabulary.VirtualMac, diagnostics);
        return new VirtualMacOptions
        {
            InterfaceName = o.Text("interfaceName"),
            Address = Address(o, diagnostics),
            TransmitFromBase = o.Boolean("transmitFromBase") ?? false,
        };
    }

    public static void Write(Utf8JsonWriter w, VirtualMacOptions? options)
    {
        if (options is null)
        {
            return;
        }

        w.WriteStartObject("virtualMac");
        if (options.InterfaceName is { } name)
        {
            w.WriteString("interfaceName", name);
        }

        if (options.Address is { } address)
        {
            w.WriteString("address", address.ToString());
        }

        if (options.TransmitFromBase)
        {
            w.WriteBoolean("transmitFromBase", true);
        }

        w.WriteEndObject();
    }

    private static MacAddress? Address(JsonObjectBinder o, DiagnosticBag diagnostics)
    {
        if (o.Text("address") is not { } text)
        {
            return null;
        }

        if (MacAddress.TryParse(text, out var address))
        {
            return address;
        }

        diagnostics.Error(o.Node("address")!.At, ConfigurationCodes.InvalidValue, $"'{text}' is no MAC address: write six pairs of hexadecimal digits joined by colons, or leave it out.");
        return null;
    }
}
