using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Tests.Control;

/// <summary>Configurations for the control socket's tests.</summary>
internal static class ControlMake
{
    public const string Password = "geheim12";
    public const string Key = "0123456789abcdef0123456789abcdef";

    /// <summary>One with a bit of everything that leaves or must not leave the service.</summary>
    public static InstanceConfiguration Instance(string name = "web", string? networkNamespace = null) => new()
    {
        Name = name,
        InterfaceName = "eth0",
        VirtualRouterId = 51,
        AddressFamily = AddressFamily.IPv4,
        VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24"), VirtualAddress.Parse("192.0.2.2/24") with { Advertised = false }],
        Priority = 150,
        PreemptDelay = TimeSpan.FromSeconds(2.5),
        NetworkNamespace = networkNamespace,
        TrackInterfaces = ["eth1"],
        Trackers = [new ScriptTracker { Name = "check", Command = ["/bin/true"], Weight = -10 }],
        Notification = NotificationOptions.None with
        {
            Mail = new MailOptions { Server = "mail.example.org", From = "a@example.org", To = ["b@example.org"], Security = MailSecurity.Tls, User = "u", Password = Secret.FromText(Password) },
        },
    };

    /// <summary>The same with HMAC keys.</summary>
    public static InstanceConfiguration Signed(string name = "signed") => Instance(name) with
    {
        VirtualRouterId = 52,
        Hmac = new HmacConfiguration { Keys = [new HmacKey(1, Secret.FromText(Key))], ActiveKey = 1 },
    };

    /// <summary>A version 2 instance with a password.</summary>
    public static InstanceConfiguration WithPassword(string name = "v2") => Instance(name) with
    {
        VirtualRouterId = 53,
        Version = VrrpVersion.V2,
        AuthenticationPass = Secret.FromText(Password),
    };
}
