using System.Text.Json;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>Inputs as JSON members, and back.</summary>
internal static class RecordedInput
{
    public static void Write(Utf8JsonWriter writer, in Input input)
    {
        writer.WriteString("input", input.Kind.ToString());
        switch (input.Kind)
        {
            case InputKind.Advertisement:
                writer.WriteNumber("priority", input.Advertisement.Priority);
                writer.WriteString("source", input.Advertisement.Source.ToString());
                writer.WriteNumber("interval", input.Advertisement.Interval.Centiseconds);
                writer.WriteBoolean("sharesAddress", input.Advertisement.SharesAddress);
                break;
            case InputKind.Time or InputKind.Slept or InputKind.HandOver or InputKind.Shutdown or InputKind.Suspend:
                writer.WriteNumber("nanoseconds", input.Nanoseconds);
                writer.WriteNumber("hold", input.HoldNanoseconds);
                writer.WriteBoolean("force", input.Force);
                break;
            case InputKind.AddressAnnounced or InputKind.AddressRemoved:
                writer.WriteNumber("address", input.AddressIndex);
                break;
            case InputKind.FaultsChanged:
                writer.WriteNumber("faults", (long)input.Faults);
                writer.WriteNumber("cause", (long)input.Cause);
                break;
            case InputKind.PriorityChanged:
                writer.WriteNumber("priority", input.Priority);
                break;
            case InputKind.PrimaryAddressChanged:
                writer.WriteString("source", input.Address.ToString());
                break;
        }
    }

    public static Input Read(JsonElement line) => Enum.Parse<InputKind>(line.GetProperty("input").GetString()!) switch
    {
        InputKind.Time => Input.Tick(Number(line, "nanoseconds")),
        InputKind.Slept => Input.Slept(Number(line, "nanoseconds")),
        InputKind.Startup => Input.Startup(),
        InputKind.Shutdown => Input.Shutdown(line.GetProperty("force").GetBoolean(), Number(line, "nanoseconds")),
        InputKind.Suspend => Input.Suspend(line.GetProperty("force").GetBoolean(), Number(line, "nanoseconds")),
        InputKind.Resume => Input.Resume(),
        InputKind.HandOver => Input.HandOver(Number(line, "hold"), Number(line, "nanoseconds")),
        InputKind.Advertisement => Input.Received(new AdvertisementInfo(
            (byte)Number(line, "priority"),
            InetAddress.Parse(line.GetProperty("source").GetString()!),
            new Interval((int)Number(line, "interval")),
            line.GetProperty("sharesAddress").GetBoolean())),
        InputKind.AddressAnnounced => Input.AddressAnnounced((int)Number(line, "address")),
        InputKind.AddressRemoved => Input.AddressRemoved((int)Number(line, "address")),
        InputKind.LeaseRenewed => Input.LeaseRenewed(),
        InputKind.FaultsChanged => Input.FaultsChanged((FaultReasons)Number(line, "faults"), (LastEvent)Number(line, "cause")),
        InputKind.PriorityChanged => Input.PriorityChanged((byte)Number(line, "priority")),
        InputKind.PrimaryAddressChanged => Input.PrimaryAddressChanged(InetAddress.Parse(line.GetProperty("source").GetString()!)),
        var kind => throw new FormatException($"The simulator does not record {kind}."),
    };

    private static long Number(JsonElement line, string name) => line.GetProperty(name).GetInt64();
}
