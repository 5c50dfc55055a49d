namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>One <c>vrrp_instance</c> as it grows.</summary>
internal sealed class KeepalivedInstanceWriter
{
    private readonly string _name;

    /// <summary>Begins the block.</summary>
    public KeepalivedInstanceWriter(KeepalivedDocumentWriter document, InstanceConfiguration configuration)
    {
        Document = document;
        _name = configuration.Name;
        document.Bodies.Add((configuration.Name, Body));
    }

    /// <summary>The file it belongs to, for definitions at the top level.</summary>
    public KeepalivedDocumentWriter Document { get; }

    /// <summary>What stands inside the block.</summary>
    public KeepalivedOutput Body { get; } = new();

    /// <summary>A harmless property that keepalived is not told; the message begins with its JSON name.</summary>
    public void Omit(string message) => Document.Omit($"{_name}: {message}");

    /// <summary>A property of the election, the addresses or the authentication that keepalived is not told.</summary>
    public void Lose(string message) => Document.Lose($"{_name}: {message}");
}
