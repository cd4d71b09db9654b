using System.Net;

namespace ImaNanoBanana.Transport;

/// <summary>Defines the settings of the handler that owns the SDK's connections.</summary>
internal static class PrimaryHandler
{
    /// <summary>
    /// 20 s: less than the time after which servers usually close idle connections, so that polls rarely use a closed one.
    /// </summary>
    public static readonly TimeSpan ConnectionIdleTimeout = TimeSpan.FromSeconds(20);

    /// <summary>15 s.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>2 min, so that DNS changes are detected.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static SocketsHttpHandler Create()
    {
        var handler = new SocketsHttpHandler();
        Configure(handler);
        return handler;
    }

    /// <summary>
    /// Configures the handler that the factory created, so that the app's default primary handler (a corporate proxy, for example) stays
    /// in use. The app is responsible for a handler of another type, and for one that it sets by the name of the client.
    /// </summary>
    public static void ConfigureDefault(HttpMessageHandler handler, IServiceProvider services)
    {
        if (handler is not SocketsHttpHandler sockets)
        {
            return;
        }

        try
        {
            Configure(sockets);
        }
        catch (InvalidOperationException)
        {
            // The handler is already in use because another client of the app shares it. It stays as it is.
        }
    }

    private static void Configure(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate;
        handler.PooledConnectionIdleTimeout = ConnectionIdleTimeout;
        handler.PooledConnectionLifetime = ConnectionLifetime;
        handler.ConnectTimeout = ConnectTimeout;
    }

    /// <summary>
    /// Turns off redirects in the handler that the app chose, if that is possible. A handler that is already in use rejects the change;
    /// the wire handler then detects a redirect that was followed.
    /// </summary>
    public static void NeverRedirect(HttpMessageHandler? handler)
    {
        while (handler is DelegatingHandler outer)
        {
            handler = outer.InnerHandler;
        }

        try
        {
            switch (handler)
            {
                case SocketsHttpHandler { AllowAutoRedirect: true } sockets:
                    sockets.AllowAutoRedirect = false;
                    break;
                case HttpClientHandler { AllowAutoRedirect: true } client:
                    client.AllowAutoRedirect = false;
                    break;
            }
        }
        catch (InvalidOperationException)
        {
            // The handler is already in use because another client of the app shares it. It stays as it is.
        }
    }
}
