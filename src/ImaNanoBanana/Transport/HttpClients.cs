namespace ImaNanoBanana.Transport;

/// <summary>Where the SDK's HTTP clients come from. Every deadline is the SDK's own, so none has a timeout.</summary>
internal static class HttpClients
{
    public static HttpClient Create(HttpMessageHandler handler)
    {
#pragma warning disable RS0030 // This is the composition root of clients without a container.
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore RS0030
    }

    public static HttpClient Create(IHttpClientFactory factory, string name)
    {
        // An app's default timeout would end a poll or a list before the SDK's deadlines do.
        var client = factory.CreateClient(name);
        client.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }
}
