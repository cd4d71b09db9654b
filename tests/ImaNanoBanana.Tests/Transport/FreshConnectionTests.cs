using System.Net;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Transport;

/// <summary>The connection of a create has every setting of the app's primary handler, except settings for shared connections.</summary>
public class FreshConnectionTests
{
    /// <summary>Settings without effect on a connection that carries one request, and the one that must not be kept.</summary>
    private static readonly string[] NotKept =
    [
        nameof(SocketsHttpHandler.AllowAutoRedirect),
        nameof(SocketsHttpHandler.MaxAutomaticRedirections),
        nameof(SocketsHttpHandler.MaxConnectionsPerServer),
        nameof(SocketsHttpHandler.PooledConnectionIdleTimeout),
        nameof(SocketsHttpHandler.PooledConnectionLifetime),
        nameof(SocketsHttpHandler.EnableMultipleHttp2Connections),
        "EnableMultipleHttp3Connections",
        nameof(SocketsHttpHandler.InitialHttp2StreamWindowSize),
        nameof(SocketsHttpHandler.KeepAlivePingDelay),
        nameof(SocketsHttpHandler.KeepAlivePingPolicy),
        nameof(SocketsHttpHandler.KeepAlivePingTimeout),
        nameof(HttpClientHandler.MaxRequestContentBufferSize),
        nameof(HttpClientHandler.UseDefaultCredentials),
    ];

    [Fact]
    public void Settings_of_a_sockets_handler_are_kept()
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = true,
            AutomaticDecompression = DecompressionMethods.Brotli,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            Credentials = new NetworkCredential("user", "password"),
            DefaultProxyCredentials = new NetworkCredential("proxy", "password"),
            Expect100ContinueTimeout = TimeSpan.FromSeconds(4),
            MaxResponseDrainSize = 5,
            MaxResponseHeadersLength = 6,
            PreAuthenticate = true,
            Proxy = new WebProxy("http://proxy.example"),
            ResponseDrainTimeout = TimeSpan.FromSeconds(7),
            UseCookies = false,
            UseProxy = true,
            ConnectCallback = static (_, _) => throw new NotSupportedException(),
            PlaintextStreamFilter = static (_, _) => throw new NotSupportedException(),
            RequestHeaderEncodingSelector = static (_, _) => null,
            ResponseHeaderEncodingSelector = static (_, _) => null,
            ActivityHeadersPropagator = null,
        };
        handler.Properties["app"] = "value";

        using var copy = FreshConnection.Copy(handler);

        AssertKept(handler, copy);
        Assert.False(copy.AllowAutoRedirect);
        Assert.Equal("value", copy.Properties["app"]);
    }

    [Fact]
    public void Settings_of_a_client_handler_are_kept()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=app", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using var handler = new HttpClientHandler
        {
            AllowAutoRedirect = true,
            AutomaticDecompression = DecompressionMethods.Brotli,
            CheckCertificateRevocationList = true,
            Credentials = new NetworkCredential("user", "password"),
            DefaultProxyCredentials = new NetworkCredential("proxy", "password"),
            MaxResponseHeadersLength = 6,
            PreAuthenticate = true,
            Proxy = new WebProxy("http://proxy.example"),
            ServerCertificateCustomValidationCallback = static (_, _, _, _) => false,
            UseCookies = false,
            UseProxy = true,
        };
        handler.ClientCertificates.Add(certificate);
        handler.Properties["app"] = "value";

        using var copy = FreshConnection.Copy(handler);

        AssertKept(handler, copy);
        Assert.False(copy.AllowAutoRedirect);
        Assert.Equal("value", copy.Properties["app"]);
        Assert.Equal(handler.ClientCertificates.Cast<X509Certificate>(), copy.ClientCertificates.Cast<X509Certificate>());
    }

    [Fact]
    public void Handler_of_another_type_keeps_its_own_connections()
    {
        using var derived = new DerivedHandler();

        Assert.Null(FreshConnection.Like(derived));
    }

    private static void AssertKept(HttpMessageHandler handler, HttpMessageHandler copy)
    {
        var settings = handler.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && !NotKept.Contains(property.Name)).ToList();

        Assert.NotEmpty(settings);
        Assert.All(settings, setting => Assert.True(
            Equals(setting.GetValue(handler), setting.GetValue(copy)), $"{setting.Name} is not kept."));
    }

    private sealed class DerivedHandler : HttpClientHandler;
}
