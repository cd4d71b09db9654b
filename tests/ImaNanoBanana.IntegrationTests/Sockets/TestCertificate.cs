using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImaNanoBanana.IntegrationTests.Sockets;

/// <summary>One self-signed certificate for all test servers; the test clients trust it.</summary>
internal static class TestCertificate
{
    public static X509Certificate2 Instance { get; } = Make();

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=api.imastudio.com", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
#if NET10_0_OR_GREATER
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
#else
        return new X509Certificate2(certificate.Export(X509ContentType.Pfx));
#endif
    }
}
