using System.Collections.Concurrent;

namespace ImaNanoBanana.Tests.DependencyInjection.Tenants;

/// <summary>The connection to the service: records each request with everything that is sent, and can reject keys.</summary>
internal sealed class TenantWire(HttpMessageHandler service) : DelegatingHandler(service)
{
    public ConcurrentQueue<(string Path, string? Key, string Text)> Requests { get; } = new();

    /// <summary>The keys that the service does not accept any more, with an HTTP status or with a code in the body.</summary>
    public ConcurrentDictionary<string, int> Rejected { get; } = new();

    /// <summary>Waited for before a request is answered.</summary>
    public Func<HttpRequestMessage, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IEnumerable<string?> KeysOf(string path) =>
        Requests.Where(request => request.Path.EndsWith(path, StringComparison.Ordinal)).Select(request => request.Key);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var key = request.Headers.Authorization?.Parameter;
        Requests.Enqueue((request.RequestUri!.AbsolutePath, key, $"{request.RequestUri} {request.Headers} {body}"));
        await Before(request);
        if (key is null || !Rejected.TryGetValue(key, out var status))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        return new HttpResponseMessage((System.Net.HttpStatusCode)status)
        {
            Content = new StringContent("""{"code":401,"message":"Invalid API key"}"""),
            RequestMessage = request,
        };
    }
}
