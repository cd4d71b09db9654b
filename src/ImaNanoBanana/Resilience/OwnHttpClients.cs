using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Http.Resilience;

namespace ImaNanoBanana.Resilience;

/// <summary>Provides HTTP clients without a container, over one chain of handlers.</summary>
internal sealed class OwnHttpClients : IHttpClients, IDisposable
{
    private readonly HttpClient _api;
    private readonly HttpClient _upload;
    private readonly HttpClient _storage;

    /// <param name="wire">The lowest handler of the chain; disposed with this instance.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The clients own the handlers and dispose them.")]
    public OwnHttpClients(WireHandler wire)
    {
        var chain = new ResilienceHandler(ReadCall.GetRepetition) { InnerHandler = new AttemptHandler { InnerHandler = wire } };
        _api = Client(chain, ImaHosts.ApiBase);
        _upload = Client(chain, ImaHosts.UploadBase);
        _storage = Client(chain, null);
    }

    public HttpClient Create(Uri? baseAddress)
    {
        if (baseAddress == ImaHosts.ApiBase)
        {
            return _api;
        }

        if (baseAddress == ImaHosts.UploadBase)
        {
            return _upload;
        }

        return _storage;
    }

    public void Dispose()
    {
        _api.Dispose();
        _upload.Dispose();
        _storage.Dispose();
    }

    private static HttpClient Client(HttpMessageHandler chain, Uri? baseAddress)
    {
#pragma warning disable RS0030 // This is the composition root of clients without a container.
        return new HttpClient(chain) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = baseAddress };
#pragma warning restore RS0030
    }
}
