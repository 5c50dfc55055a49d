using System.Management.Automation;
using System.Management.Automation.Host;
using VrrpPS.Engine.Report;

namespace VrrpPS.Formatting;

/// <summary>Texts that a command shows the person at the terminal beside its objects.</summary>
internal static class TerminalText
{
    private const int UsualWidth = 80;

    /// <summary>A measurement's timeline, as wide as the terminal.</summary>
    internal static IReadOnlyList<string> Draw(PSCmdlet cmdlet, VipMeasurement measurement)
        => MeasurementText.Draw(measurement, Math.Min(Width(cmdlet), 160), Colour(cmdlet));

    /// <summary>Shows lines: as information, so that 6> and -InformationAction have their say; straight to the host once the pipeline was stopped.</summary>
    internal static void Write(PSCmdlet cmdlet, IReadOnlyList<string> lines, bool stopped)
    {
        foreach (string line in lines)
        {
            if (stopped)
            {
                cmdlet.Host.UI?.WriteLine(line);
            }
            else
            {
                cmdlet.WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST"]);
            }
        }
    }

    /// <summary>The columns of the terminal.</summary>
    internal static int Width(PSCmdlet cmdlet)
    {
        try
        {
            int width = cmdlet.Host.UI?.RawUI?.WindowSize.Width ?? 0;
            return width > 0 ? width : UsualWidth;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or IOException or InvalidOperationException)
        {
            return UsualWidth;
        }
    }

    /// <summary>Whether the terminal shows colours, and nobody has asked for plain text.</summary>
    internal static bool Colour(PSCmdlet cmdlet)
    {
        // PSStyle is not part of the reference assembly.
        object? style = cmdlet.SessionState.PSVariable.GetValue("PSStyle");
        object? rendering = style is null ? null : PSObject.AsPSObject(style).Properties["OutputRendering"]?.Value;
        return $"{rendering}" switch
        {
            "PlainText" => false,
            "Ansi" => true,
            _ => !Console.IsOutputRedirected,
        };
    }
}
