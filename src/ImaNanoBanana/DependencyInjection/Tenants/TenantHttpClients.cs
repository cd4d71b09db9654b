using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>
/// Provides the HTTP clients of one tenant, over the handlers and the connections that all tenants share. Requests to storage hosts never
/// have a key.
/// </summary>
internal sealed class TenantHttpClients(
    IHttpMessageHandlerFactory handlers,
    IOptionsMonitor<HttpClientFactoryOptions> options,
    string name,
    TenantKey key) : IHttpClients
{
    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the handlers; the client need not be disposed.")]
    public HttpClient Create(Uri? baseAddress)
    {
        var shared = handlers.CreateHandler(name);
        var handler = baseAddress is null ? shared : new TenantKeyHandler(key) { InnerHandler = shared };
#pragma warning disable RS0030 // As IHttpClientFactory does it, with one more handler.
        var client = new HttpClient(handler, disposeHandler: false);
#pragma warning restore RS0030
        foreach (var configure in options.Get(name).HttpClientActions)
        {
            configure(client);
        }

        client.Timeout = Timeout.InfiniteTimeSpan;
        client.BaseAddress = baseAddress;
        return client;
    }
}
