namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>One <c>vrrp_instance</c> or <c>vrrp_sync_group</c> as it grows.</summary>
internal sealed class KeepalivedInstanceWriter(KeepalivedDocumentWriter document, string name)
{
    /// <summary>Begins the block of an instance.</summary>
    public static KeepalivedInstanceWriter Begin(KeepalivedDocumentWriter document, InstanceConfiguration configuration)
    {
        var writer = new KeepalivedInstanceWriter(document, configuration.Name);
        document.Bodies.Add((configuration.Name, writer.Body));
        return writer;
    }

    /// <summary>The file it belongs to, for definitions at the top level.</summary>
    public KeepalivedDocumentWriter Document => document;

    /// <summary>What stands inside the block.</summary>
    public KeepalivedOutput Body { get; } = new();

    /// <summary>A harmless property that keepalived is not told; the message begins with its JSON name.</summary>
    public void Omit(string message) => document.Omit($"{name}: {message}");

    /// <summary>A property of the election, the addresses or the authentication that keepalived is not told.</summary>
    public void Lose(string message) => document.Lose($"{name}: {message}");
}
