namespace ImaNanoBanana.Tests.ExtensionsAI;

/// <summary>Keeps what goes to the handler below: the last part of the URL, and the body.</summary>
internal sealed class RecordingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly List<(string Endpoint, string Body)> _requests = [];

    /// <summary>Called for each request before it is forwarded.</summary>
    public Action<string>? Seen { get; set; }

    public IReadOnlyList<(string Endpoint, string Body)> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null || request.Method == HttpMethod.Put
            ? ""
            : await request.Content.ReadAsStringAsync(cancellationToken);
        var endpoint = request.Method == HttpMethod.Put ? "put" : request.RequestUri!.AbsolutePath.Split('/')[^1];
        lock (_requests)
        {
            _requests.Add((endpoint, body));
        }

        Seen?.Invoke(endpoint);
        return await base.SendAsync(request, cancellationToken);
    }
}
