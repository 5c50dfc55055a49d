using System.Management.Automation;
using System.Reflection;

namespace VrrpPS.Module.Tests;

/// <summary>Tab completes every parameter whose values can be known: a new one has to be completed, or named here as one that cannot.</summary>
public sealed class CompletionTests
{
    /// <summary>Texts that only the user knows.</summary>
    private static readonly HashSet<string> Free = new(StringComparer.Ordinal)
    {
        "ArgumentList", "ConfigId", "ExcludedVirtualIPAddress", "ExpectBody", "ExpectStatus", "From", "HelloName", "InputObject", "Mail", "MetricsListen", "MulticastGroup", "NodeName", "OtlpEndpoint", "PeerTimeToLive", "Processor",
        "Server", "SourceIdentifier", "Title", "VirtualMacAddress", "VirtualMacName", "VirtualRoute", "VirtualRule",
    };

    /// <summary>Files and programs of any kind: PowerShell completes those by itself.</summary>
    private static readonly HashSet<string> Files = new(StringComparer.Ordinal)
    {
        "CertificateAuthorityFile", "Command", "ConfigurationDirectory", "EventFile", "Fifo", "File", "LiteralPath", "MetricsFile", "NotifyCommand", "NotifyFifo", "Script", "ServicePath", "UnitDirectory",
    };

    /// <summary>Names that are given here for the first time.</summary>
    private static readonly HashSet<string> NamedHere = new(StringComparer.Ordinal)
    {
        "New-VrrpConfiguration -Name", "New-VrrpConfiguration -VirtualIPAddress", "New-VrrpTracker -Name", "Register-VrrpService -Name", "Set-VrrpInstance -VirtualIPAddress",
        "Start-VrrpInstance -Name", "Start-VrrpInstance -VirtualIPAddress",
    };

    /// <summary>What must be completed by what, wherever it occurs.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["Interface"] = "InterfaceNameCompleter", ["InterfaceName"] = "InterfaceNameCompleter", ["TrackInterface"] = "InterfaceNameCompleter",
        ["NetworkNamespace"] = "NetworkNamespaceCompleter", ["MeasureNamespace"] = "NetworkNamespaceCompleter", ["VirtualRouterId"] = "VirtualRouterIdCompleter",
        ["SocketPath"] = "SocketPathCompleter", ["SyncGroup"] = "SyncGroupCompleter", ["SourceAddress"] = "SourceAddressCompleter", ["User"] = "UserNameCompleter",
        ["Process"] = "ProcessNameCompleter", ["Tcp"] = "ListeningPortCompleter", ["Version"] = "VersionCompleter",
    };

    public static TheoryData<string> Names => [.. CmdletInfo.All.Select(cmdlet => cmdlet.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_text_is_completed_or_cannot_be(string name)
    {
        foreach (var parameter in CmdletInfo.All.Single(cmdlet => cmdlet.Name == name).Parameters.Where(IsText))
        {
            string? completer = CompleterOf(parameter);
            bool excused = Free.Contains(parameter.Name) || Files.Contains(parameter.Name) || NamedHere.Contains($"{name} -{parameter.Name}");
            Assert.True(completer is not null || excused, $"{name} -{parameter.Name} is not completed.");
            Assert.False(completer is not null && excused && !NamedHere.Contains($"{name} -{parameter.Name}"), $"{name} -{parameter.Name} is completed: take it off the list.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_parameter_is_completed_the_same_way_everywhere(string name)
    {
        foreach (var parameter in CmdletInfo.All.Single(cmdlet => cmdlet.Name == name).Parameters.Where(parameter => Known.ContainsKey(parameter.Name)))
        {
            Assert.Equal(Known[parameter.Name], CompleterOf(parameter));
        }
    }

    [Fact]
    public void Every_entry_is_of_a_parameter()
    {
        var names = CmdletInfo.All.SelectMany(cmdlet => cmdlet.Parameters.Select(parameter => parameter.Name)).ToHashSet();
        var full = CmdletInfo.All.SelectMany(cmdlet => cmdlet.Parameters.Select(parameter => $"{cmdlet.Name} -{parameter.Name}")).ToHashSet();
        Assert.Empty(Free.Concat(Files).Concat(Known.Keys).Except(names));
        Assert.Empty(NamedHere.Except(full));
    }

    private static bool IsText(PropertyInfo parameter) => parameter.PropertyType == typeof(string) || parameter.PropertyType == typeof(string[]);

    private static string? CompleterOf(PropertyInfo parameter)
        => parameter.GetCustomAttributesData().Where(a => a.AttributeType.Name == nameof(ArgumentCompleterAttribute)).Select(a => ((Type)a.ConstructorArguments[0].Value!).Name).FirstOrDefault();
}
