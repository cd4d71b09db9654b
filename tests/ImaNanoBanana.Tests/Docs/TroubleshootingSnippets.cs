using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/troubleshooting.md, compiled and run.</summary>
public sealed class TroubleshootingSnippets
{
    [Fact]
    public async Task Simulator_needs_no_key()
    {
        var services = new ServiceCollection();
        // >>>
        services.AddImaNanoBanana().UseSimulator();
        // <<<
        await using var provider = services.BuildServiceProvider();
        Assert.Equal(
            6,
            (await provider.GetRequiredService<IImaImageClient>().QuoteAsync(
                new ImageRequest("a puppy"),
                TestContext.Current.CancellationToken)).Credits);
    }

    [Fact]
    public void Proxy_is_set_and_redirects_are_turned_off()
    {
        var services = new ServiceCollection();
        // >>>
        services.AddImaNanoBanana().ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            Proxy = new WebProxy("http://proxy.example:8080") { UseDefaultCredentials = true },
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        }));
        // <<<
        services.AddImaNanoBanana(options => options.ApiKey = "ima_test_key");
        using var provider = services.BuildServiceProvider();

        var handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("ImaNanoBanana");
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        var sockets = Assert.IsType<SocketsHttpHandler>(handler);
        Assert.Equal(new Uri("http://proxy.example:8080"), Assert.IsType<WebProxy>(sockets.Proxy).Address);
        Assert.False(sockets.AllowAutoRedirect);
    }
}
