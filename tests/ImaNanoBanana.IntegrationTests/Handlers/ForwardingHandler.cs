namespace ImaNanoBanana.IntegrationTests.Handlers;

/// <summary>An app's own primary handler that wraps an inner one that the SDK cannot see.</summary>
/// <param name="inner">The hidden handler; disposed with this one.</param>
/// <param name="attempts">How often a request is sent if it fails or the response is a 5xx.</param>
internal sealed class ForwardingHandler(HttpMessageHandler inner, int attempts = 1) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _inner = new(inner, disposeHandler: true);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await _inner.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode < 500 || attempt == attempts)
            {
                return response;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _inner.Dispose();
        base.Dispose(disposing);
    }
}
