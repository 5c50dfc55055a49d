using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VrrpPS.Engine.Tests.Notification;

/// <summary>A certificate authority and a server certificate for localhost, 127.0.0.1 and one more address.</summary>
internal sealed class TestCertificate : IDisposable
{
    public TestCertificate(string? address = null)
    {
        var from = DateTimeOffset.UtcNow.AddDays(-1);
        var to = from.AddDays(30);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var signer = authority.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        if (address is not null)
        {
            names.AddIpAddress(IPAddress.Parse(address));
        }

        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(signer, from, to, [1, 2, 3, 4]);
        Server = issued.CopyWithPrivateKey(key);
        AuthorityPem = signer.ExportCertificatePem();
        ServerPem = issued.ExportCertificatePem();
        KeyPem = key.ExportPkcs8PrivateKeyPem();
    }

    public X509Certificate2 Server { get; }

    public string AuthorityPem { get; }

    public string ServerPem { get; }

    public string KeyPem { get; }

    public void Dispose() => Server.Dispose();
}
