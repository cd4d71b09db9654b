using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Transport;

/// <summary>
/// Provides a separate connection for a create request. If a connection was used before, the peer may just have closed it, and the
/// outcome of the create request would be unknown without need. Or the late second response to an earlier request would be taken for
/// the response to the create request.
/// </summary>
internal static class FreshConnection
{
    /// <param name="primary">The handler that owns the client's connections.</param>
    /// <returns>
    /// A sender with the same settings and no connection yet; the caller disposes it. Null for a custom handler of the app, because it is
    /// unknown how it connects.
    /// </returns>
    [SuppressMessage("Reliability", "CA2000", Justification = "The sender owns the handler and disposes it.")]
    public static HttpMessageInvoker? Like(HttpMessageHandler primary) => primary switch
    {
        SocketsHttpHandler sockets => new HttpMessageInvoker(Copy(sockets)),

        // Not a handler that is derived from it, which may do anything.
        HttpClientHandler client when client.GetType() == typeof(HttpClientHandler) => new HttpMessageInvoker(Copy(client)),
        _ => null,
    };

    internal static SocketsHttpHandler Copy(SocketsHttpHandler handler)
    {
        var copy = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = handler.ActivityHeadersPropagator,
            AllowAutoRedirect = false,
            AutomaticDecompression = handler.AutomaticDecompression,
            ConnectCallback = handler.ConnectCallback,
            ConnectTimeout = handler.ConnectTimeout,
            CookieContainer = handler.CookieContainer,
            Credentials = handler.Credentials,
            DefaultProxyCredentials = handler.DefaultProxyCredentials,
            Expect100ContinueTimeout = handler.Expect100ContinueTimeout,
            MaxResponseDrainSize = handler.MaxResponseDrainSize,
            MaxResponseHeadersLength = handler.MaxResponseHeadersLength,
            MeterFactory = handler.MeterFactory,
            PlaintextStreamFilter = handler.PlaintextStreamFilter,
            PreAuthenticate = handler.PreAuthenticate,
            Proxy = handler.Proxy,
            RequestHeaderEncodingSelector = handler.RequestHeaderEncodingSelector,
            ResponseDrainTimeout = handler.ResponseDrainTimeout,
            ResponseHeaderEncodingSelector = handler.ResponseHeaderEncodingSelector,
            SslOptions = handler.SslOptions,
            UseCookies = handler.UseCookies,
            UseProxy = handler.UseProxy,
        };
        foreach (var (name, value) in handler.Properties)
        {
            copy.Properties[name] = value;
        }

        return copy;
    }

    internal static HttpClientHandler Copy(HttpClientHandler handler)
    {
        var copy = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = handler.AutomaticDecompression,
            CheckCertificateRevocationList = handler.CheckCertificateRevocationList,
            ClientCertificateOptions = handler.ClientCertificateOptions,
            CookieContainer = handler.CookieContainer,
            DefaultProxyCredentials = handler.DefaultProxyCredentials,
            MaxResponseHeadersLength = handler.MaxResponseHeadersLength,
            MeterFactory = handler.MeterFactory,
            PreAuthenticate = handler.PreAuthenticate,
            Proxy = handler.Proxy,
            ServerCertificateCustomValidationCallback = handler.ServerCertificateCustomValidationCallback,
            SslProtocols = handler.SslProtocols,
            UseCookies = handler.UseCookies,
            UseProxy = handler.UseProxy,
            Credentials = handler.Credentials,
        };
        if (handler.ClientCertificateOptions == ClientCertificateOption.Manual)
        {
            copy.ClientCertificates.AddRange(handler.ClientCertificates);
        }

        foreach (var (name, value) in handler.Properties)
        {
            copy.Properties[name] = value;
        }

        return copy;
    }
}
