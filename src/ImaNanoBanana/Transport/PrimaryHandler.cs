using System.Net;

namespace ImaNanoBanana.Transport;

/// <summary>The settings of the handler that owns the SDK's connections.</summary>
internal static class PrimaryHandler
{
    /// <summary>
    /// 20 s: less than the time after which servers usually close idle connections, so that polls seldom meet a closed one.
    /// </summary>
    public static readonly TimeSpan ConnectionIdleTimeout = TimeSpan.FromSeconds(20);

    /// <summary>15 s.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>2 min, so that changes of the DNS are seen.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static SocketsHttpHandler Create()
    {
        var handler = new SocketsHttpHandler();
        Configure(handler);
        return handler;
    }

    /// <summary>
    /// Sets up what the factory made, so that an app's default primary handler (a corporate proxy, say) stays in use.
    /// A handler of another kind, and one that an app sets by the client's name, is the app's own affair.
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
            // In use already, shared with another client of the app: it stays as it is.
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
    /// Turns redirects off in the handler that an app chose, where that is possible; a handler that is already in use
    /// refuses, and the wire handler then notices a followed redirect.
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
            // In use already, shared with another client of the app: it stays as it is.
        }
    }
}
