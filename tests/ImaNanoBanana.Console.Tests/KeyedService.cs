namespace ImaNanoBanana.Console.Tests;

/// <summary>Passes requests on, and remembers the keys they carry.</summary>
internal sealed class KeyedService(HttpMessageHandler service) : DelegatingHandler(service)
{
    public List<string?> Keys { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is { } authorization)
        {
            Keys.Add(authorization.Parameter);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
