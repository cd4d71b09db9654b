namespace ImaNanoBanana.Benchmarks.Week;

/// <summary>Counts the create requests that reach the service.</summary>
internal sealed class CountingService(HttpMessageHandler service) : DelegatingHandler(service)
{
    public int Creates { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Creates += request.RequestUri!.AbsolutePath.EndsWith("create", StringComparison.Ordinal) ? 1 : 0;
        return base.SendAsync(request, cancellationToken);
    }
}
