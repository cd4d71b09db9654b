namespace ImaNanoBanana.IntegrationTests.Handlers;

/// <summary>An app's handler that sends a request three times at once, uses the first good answer and cancels the others.</summary>
/// <param name="copy">Returns what to send: the same request or a copy of it.</param>
internal sealed class HedgingHandler(Func<HttpRequestMessage, HttpRequestMessage> copy) : DelegatingHandler
{
    public static HttpRequestMessage Same(HttpRequestMessage request) => request;

    /// <summary>A copy like those of well-known hedging handlers, including the options.</summary>
    public static HttpRequestMessage Clone(HttpRequestMessage request)
    {
        var clone = BareClone(request);
        foreach (var option in request.Options)
        {
            ((IDictionary<string, object?>)clone.Options)[option.Key] = option.Value;
        }

        return clone;
    }

    /// <summary>A careless copy that loses the options.</summary>
    public static HttpRequestMessage BareClone(HttpRequestMessage request)
    {
        var clone = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content, Version = request.Version };
        foreach (var header in request.Headers)
        {
            clone.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return clone;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var losers = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = Enumerable.Range(0, 3).Select(_ => base.SendAsync(copy(request), losers.Token)).ToList();
        while (true)
        {
            var first = await Task.WhenAny(attempts);
            attempts.Remove(first);
            if (attempts.Count == 0 || (first.IsCompletedSuccessfully && (await first).IsSuccessStatusCode))
            {
                await losers.CancelAsync();
                return await first;
            }
        }
    }
}
