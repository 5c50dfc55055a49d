using System.Management.Automation;
using VrrpPS.Engine.Configuration.Keepalived;

namespace VrrpPS.Commands;

/// <summary>Turns the text of a keepalived.conf into configurations; lines that come one by one are one text.</summary>
[Cmdlet(VerbsData.ConvertFrom, "KeepalivedConfig")]
[OutputType(typeof(VrrpConfiguration))]
public sealed class ConvertFromKeepalivedConfigCommand : ConfigurationReadCmdlet
{
    private readonly List<string> _lines = [];

    /// <summary>The text, whole or in lines.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnProcess() => _lines.AddRange(InputObject);

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        var options = Options with { BaseDirectory = SessionState.Path.CurrentFileSystemLocation.ProviderPath };
        Emit(KeepalivedReader.Read(string.Join('\n', _lines), "keepalived.conf", options));
    }
}
